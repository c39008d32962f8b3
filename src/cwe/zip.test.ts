import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from './refusal.ts'
import { sampleBytes, sampleZip } from './sample.ts'
import type { SampleMember } from './sample.ts'
import { isZip, unpackRelease } from './zip.ts'

const content = sampleBytes()
const member: SampleMember = { name: 'cwec_v5.1.xml', content }

test('a deflated and a stored member are unpacked, others ignored', () => {
  const other = { name: '../../etc/passwd', content: Buffer.from('x') }
  assert.deepEqual(Buffer.from(unpackRelease(sampleZip([other, member]))), content)
  assert.deepEqual(Buffer.from(unpackRelease(sampleZip([{ ...member, method: 0 }, other]))), content)
  assert.ok(isZip(sampleZip([member])))
  assert.ok(!isZip(content))
})

const REFUSED: readonly (readonly [string, readonly SampleMember[], RegExp])[] = [
  ['no member of the name', [{ ...member, name: 'cwec_latest.xml' }], /has 0 members/],
  ['the name in a folder', [{ ...member, name: 'a/cwec_v5.1.xml' }], /has 0 members/],
  ['two members of the name', [member, { ...member, name: 'cwec_v5.2.xml' }], /has 2 members/],
  ['another method', [{ ...member, method: 12 }], /another method/],
  ['an encrypted member', [{ ...member, flags: 1 }], /encrypted/],
  ['a stated size beyond the limit', [{ ...member, statedSize: 64_000_001 }], /more than 64000000/],
  ['a bomb that states little', [{ ...member, content: Buffer.alloc(30_000_000), statedSize: 1000 }], /larger than/],
  ['a member smaller than stated', [{ ...member, statedSize: content.length + 1 }], /not as large/],
  ['a wrong checksum', [{ ...member, statedChecksum: 1 }], /checksum/],
]

for (const [what, members, message] of REFUSED) {
  test(`refused: ${what}`, () => {
    assert.throws(() => unpackRelease(sampleZip(members)), (error) => {
      return error instanceof Refusal && message.test(error.message)
    })
  })
}

test('every prefix and every archive with a changed byte is refused or unpacks to the same', () => {
  const zip = sampleZip([member])
  for (let end = 0; end < zip.length; end += 5) {
    assert.throws(() => unpackRelease(zip.subarray(0, end)), Refusal, `cut at ${end}`)
  }
  for (let at = 0; at < zip.length; at++) {
    const damaged = Buffer.from(zip)
    damaged[at] = (damaged[at] ?? 0) ^ 0xff
    try {
      assert.deepEqual(Buffer.from(unpackRelease(damaged)), content)
    } catch (error) {
      assert.ok(error instanceof Refusal, `byte ${at}: ${String(error)}`)
    }
  }
})
