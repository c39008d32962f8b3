import { crc32, inflateRawSync } from 'node:zlib'
import { Refusal } from './refusal.ts'
import { MAX_XML_BYTES } from './xml.ts'

const END_RECORD = 0x06054b50
const DIRECTORY_RECORD = 0x02014b50
const LOCAL_RECORD = 0x04034b50
const END_RECORD_BYTES = 22
const DIRECTORY_RECORD_BYTES = 46
const LOCAL_RECORD_BYTES = 30
/** A comment's length is a 16-bit number, so the end record starts no further from the end. */
const LONGEST_COMMENT = 0xffff
/** Members looked at; a release has one. */
const MAX_MEMBERS = 1000
const STORED = 0
const DEFLATED = 8
const ENCRYPTED_FLAG = 1

/** The one member's name in an official archive. */
const RELEASE_NAME = /^cwec_v\d+(?:\.\d+)*\.xml$/

interface Member {
  readonly flags: number
  readonly method: number
  readonly checksum: number
  readonly packedSize: number
  readonly size: number
  readonly offset: number
}

/** Whether bytes begin as a ZIP archive does. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] ?? 0) <= 8
}

/**
 * The XML of an official release archive, unpacked in memory. Every other member
 * is ignored. Throws a `Refusal` unless exactly one member is named
 * `cwec_v<version>.xml` and it is stored or deflated within the size limit, as
 * large as the archive says and undamaged.
 */
export function unpackRelease(bytes: Uint8Array): Uint8Array {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const members = releaseMembers(archive)
  const member = members[0]
  if (member === undefined || members.length > 1) {
    throw new Refusal(`the ZIP has ${members.length} members named cwec_v<version>.xml, and must have one`)
  }
  if ((member.flags & ENCRYPTED_FLAG) !== 0) throw new Refusal('the ZIP is encrypted')
  if (member.size > MAX_XML_BYTES) throw new Refusal(`the ZIP unpacks to more than ${MAX_XML_BYTES} bytes`)
  const content = inflate(packedBytes(archive, member), member)
  if (content.length !== member.size) throw new Refusal('the ZIP member is not as large as the ZIP says')
  if (crc32(content) !== member.checksum) throw new Refusal('the ZIP member is damaged (checksum)')
  return content
}

function releaseMembers(archive: Buffer): Member[] {
  const end = endRecord(archive)
  const count = archive.readUInt16LE(end + 10)
  if (count > MAX_MEMBERS) throw new Refusal(`the ZIP has more than ${MAX_MEMBERS} members`)
  const members: Member[] = []
  let at = archive.readUInt32LE(end + 16)
  for (let index = 0; index < count; index++) {
    if (at + DIRECTORY_RECORD_BYTES > end || archive.readUInt32LE(at) !== DIRECTORY_RECORD) throw damagedDirectory()
    const nameEnd = at + DIRECTORY_RECORD_BYTES + archive.readUInt16LE(at + 28)
    if (nameEnd > end) throw damagedDirectory()
    const name = archive.toString('latin1', at + DIRECTORY_RECORD_BYTES, nameEnd)
    if (RELEASE_NAME.test(name)) members.push(memberAt(archive, at))
    at = nameEnd + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
  return members
}

function damagedDirectory(): Refusal {
  return new Refusal('the ZIP directory is damaged')
}

function memberAt(archive: Buffer, at: number): Member {
  return {
    flags: archive.readUInt16LE(at + 8),
    method: archive.readUInt16LE(at + 10),
    checksum: archive.readUInt32LE(at + 16),
    packedSize: archive.readUInt32LE(at + 20),
    size: archive.readUInt32LE(at + 24),
    offset: archive.readUInt32LE(at + 42),
  }
}

function endRecord(archive: Buffer): number {
  const last = archive.length - END_RECORD_BYTES
  const first = Math.max(0, last - LONGEST_COMMENT)
  for (let at = last; at >= first; at--) {
    if (archive.readUInt32LE(at) === END_RECORD) return at
  }
  throw new Refusal('the ZIP has no end record: it is truncated or no ZIP')
}

function packedBytes(archive: Buffer, member: Member): Buffer {
  const { offset } = member
  if (offset + LOCAL_RECORD_BYTES > archive.length || archive.readUInt32LE(offset) !== LOCAL_RECORD) {
    throw new Refusal('the ZIP member does not start where the ZIP says')
  }
  const names = archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28)
  const start = offset + LOCAL_RECORD_BYTES + names
  if (start + member.packedSize > archive.length) throw new Refusal('the ZIP member is truncated')
  return archive.subarray(start, start + member.packedSize)
}

function inflate(packed: Buffer, member: Member): Uint8Array {
  if (member.method === STORED) return packed
  if (member.method !== DEFLATED) throw new Refusal('the ZIP member is packed by another method than stored or deflate')
  try {
    // The stated size bounds the output, so a bomb stops at what it admitted to.
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, member.size) })
  } catch {
    throw new Refusal('the ZIP member is damaged or larger than the ZIP says')
  }
}
