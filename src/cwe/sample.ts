import { crc32, deflateRawSync } from 'node:zlib'
import { CWE_NAMESPACE } from './xml.ts'

/** Parts of a small release document for tests; each has a sound default. */
export interface SampleParts {
  readonly prolog?: string
  readonly root?: string
  readonly attributes?: string
  readonly weaknesses?: string
  readonly categories?: string
  readonly views?: string
  readonly end?: string
}

/** A weakness element for a sample, a live base entry below CWE-284 by default. */
export function sampleWeakness(
  id: number | string, changes: { attributes?: string; name?: string; parents?: readonly number[]; usage?: string;
    status?: string; abstraction?: string; content?: string } = {},
): string {
  const { name = `Sample ${id}`, parents = [284], usage = 'Allowed', status = 'Draft', abstraction = 'Base' } = changes
  const relations = parents
    .map((parent) => `<Related_Weakness Nature="ChildOf" CWE_ID="${parent}" View_ID="1000"/>`).join('')
  return `<Weakness ID="${id}" Name="${name}" Abstraction="${abstraction}" Structure="Simple" Status="${status}">` +
    `<Description>Text.</Description><Related_Weaknesses>${relations}</Related_Weaknesses>${changes.content ?? ''}` +
    `<Mapping_Notes><Usage>${usage}</Usage><Reasons><Reason Type="Acceptable-Use"/></Reasons></Mapping_Notes>` +
    '</Weakness>'
}

/** The pillar that every sample stands on. */
export const SAMPLE_PILLAR: string = sampleWeakness(284, { abstraction: 'Pillar', parents: [], usage: 'Discouraged' })

/** The view that every release has. */
export const SAMPLE_VIEW: string =
  '<View ID="1000" Name="Research Concepts" Type="Graph" Status="Draft"><Members>' +
  '<Has_Member CWE_ID="284" View_ID="1000"/></Members></View>'

/** The text of a small release document. */
export function sampleXml(parts: SampleParts = {}): string {
  const root = parts.root ?? 'Weakness_Catalog'
  const attributes = parts.attributes ?? `Name="CWE" Version="5.1" Date="2030-01-02" xmlns="${CWE_NAMESPACE}"`
  return `${parts.prolog ?? '<?xml version="1.0" encoding="UTF-8"?>'}<${root} ${attributes}>` +
    `<Weaknesses>${SAMPLE_PILLAR}${parts.weaknesses ?? sampleWeakness(862)}</Weaknesses>` +
    `<Categories>${parts.categories ?? ''}</Categories><Views>${SAMPLE_VIEW}${parts.views ?? ''}</Views>` +
    (parts.end ?? `</${root}>`)
}

/** The bytes of a small release document. */
export function sampleBytes(parts: SampleParts = {}): Uint8Array {
  return Buffer.from(sampleXml(parts))
}

/** One member of a sample archive; what it states about itself can be made to lie. */
export interface SampleMember {
  readonly name: string
  readonly content: Uint8Array
  /** 0 stored, 8 deflate (the default); another one is written as stored. */
  readonly method?: number
  readonly flags?: number
  readonly statedSize?: number
  readonly statedChecksum?: number
}

/** The bytes of a ZIP archive. */
export function sampleZip(members: readonly SampleMember[]): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const member of members) {
    const method = member.method ?? 8
    const packed = method === 8 ? deflateRawSync(member.content) : Buffer.from(member.content)
    const name = Buffer.from(member.name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(member.flags ?? 0, 2)
    common.writeUInt16LE(method, 4)
    common.writeUInt32LE(member.statedChecksum ?? crc32(member.content), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(member.statedSize ?? member.content.length, 18)
    common.writeUInt16LE(name.length, 22)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    const file = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, packed])
    files.push(file)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, place, name]))
    offset += file.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.writeUInt16LE(members.length, 8)
  end.writeUInt16LE(members.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...files, central, end])
}
