import { crc32 } from 'node:zlib'

/*
 * The cache's container: a mark, a header in JSON with its length and checksum,
 * then bytes that the header describes. Read in one piece; what it holds is
 * checked where it is used.
 */

/** A container as read. */
export interface Pack {
  readonly header: unknown
  /** The bytes after the header. */
  readonly body: Uint8Array
}

const MARK = 'ASSAYPK1'

/** Mark, length of the header, checksum of the header. */
const FIXED = MARK.length + 8

/** The container's bytes. */
export function writePack(header: unknown, parts: readonly Uint8Array[]): Uint8Array {
  const json = Buffer.from(JSON.stringify(header))
  const fixed = Buffer.alloc(FIXED)
  fixed.write(MARK, 'latin1')
  fixed.writeUInt32LE(json.length, MARK.length)
  fixed.writeUInt32LE(checksum(json), MARK.length + 4)
  return Buffer.concat([fixed, json, ...parts])
}

/** What a container holds; `undefined` for bytes that are not one, whole and undamaged. */
export function readPack(bytes: Uint8Array): Pack | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (buffer.length < FIXED || buffer.toString('latin1', 0, MARK.length) !== MARK) return undefined
  const end = FIXED + buffer.readUInt32LE(MARK.length)
  if (end > buffer.length) return undefined
  const json = buffer.subarray(FIXED, end)
  if (checksum(json) !== buffer.readUInt32LE(MARK.length + 4)) return undefined
  try {
    return { header: JSON.parse(json.toString('utf8')) as unknown, body: buffer.subarray(end) }
  } catch {
    return undefined
  }
}

/** CRC-32: finds damage, not malice; against that the contents are checked in every part. */
export function checksum(bytes: Uint8Array): number {
  return crc32(bytes)
}
