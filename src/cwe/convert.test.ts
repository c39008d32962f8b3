import assert from 'node:assert/strict'
import { test } from 'node:test'
import { convertRelease } from './convert.ts'
import { Refusal } from './refusal.ts'
import { SAMPLE_PILLAR, sampleBytes, sampleWeakness, sampleXml } from './sample.ts'
import type { SampleParts } from './sample.ts'

function convert(parts: SampleParts): ReturnType<typeof convertRelease> {
  return convertRelease(sampleBytes(parts))
}

test('a small release is converted field by field', () => {
  const content = '<Applicable_Platforms><Language Name="C"/><Language Class="Compiled"/>' +
    '<Technology Name="Web Server"/><Technology Class="Mobile"/></Applicable_Platforms>' +
    '<Alternate_Terms><Alternate_Term><Term> AuthZ </Term>' +
    '</Alternate_Term></Alternate_Terms><Likelihood_Of_Exploit>High</Likelihood_Of_Exploit><Content_History>' +
    '<Previous_Entry_Name Date="2010-01-01">Old &amp; &#65;lt</Previous_Entry_Name></Content_History>'
  const { data, formerNames } = convert({
    weaknesses: sampleWeakness(862, { content }),
    categories: '<Category ID="5" Name="Group" Status="Draft"><Relationships>' +
      '<Has_Member CWE_ID="862" View_ID="1000"/></Relationships></Category>',
    views: '<View ID="658" Name="In C" Type="Implicit" Status="Draft"><Filter>x</Filter></View>',
  })
  assert.deepEqual(data.weaknesses[1], {
    id: 862, name: 'Sample 862', abstraction: 'Base', status: 'Draft', parents: [284], mapping: 'Allowed',
    mappingReasons: ['Acceptable-Use'], alternateTerms: ['AuthZ'], likelihoodOfExploit: 'High',
    platforms: { languages: ['C'], languageClasses: ['Compiled'], technologies: ['Mobile', 'Web Server'] },
  })
  assert.deepEqual(data.categories, [{ id: 5, name: 'Group', status: 'Draft', view: 1000, members: [862] }])
  assert.deepEqual(data.views[0], { id: 658, name: 'In C', status: 'Draft', type: 'Implicit', members: [862] })
  assert.deepEqual([data.version, data.date], ['5.1', '2030-01-02'])
  assert.deepEqual(formerNames.get(862), ['Old & Alt'])
})

test('the primary parent comes first and other views keep theirs', () => {
  const content = '<Related_Weaknesses>' +
    '<Related_Weakness Nature="ChildOf" CWE_ID="285" View_ID="1000" Ordinal="Primary"/>' +
    '<Related_Weakness Nature="ChildOf" CWE_ID="284" View_ID="1003"/>' +
    '<Related_Weakness Nature="PeerOf" CWE_ID="285" View_ID="1000"/></Related_Weaknesses>'
  const { data } = convert({
    weaknesses: sampleWeakness(285) + sampleWeakness(862, { content }),
    views: '<View ID="1003" Name="Simple" Type="Graph" Status="Draft"><Members/></View>',
  })
  const weakness = data.weaknesses.find((each) => each.id === 862)
  assert.deepEqual(weakness?.parents, [285, 284])
  assert.deepEqual({ ...weakness?.viewParents }, { 1003: [284] })
  assert.deepEqual(weakness?.peerOf, [285])
})

test('a deprecated entry names its successors', () => {
  const deprecated = sampleWeakness(92, { status: 'Deprecated', usage: 'Prohibited', parents: [] })
    .replace('Text.', 'CWE-92 is deprecated: see <h:b xmlns:h="http://www.w3.org/1999/xhtml">CWE-862</h:b>.')
  const { data } = convert({ weaknesses: sampleWeakness(862) + deprecated })
  assert.deepEqual(data.weaknesses[0]?.replacedBy, [862])
})

test('comments and CDATA are read as XML says', () => {
  const commented = sampleWeakness(862).replace('Text.', '<!-- <Weakness> --><![CDATA[<!DOCTYPE &none;>]]>')
  assert.equal(convert({ weaknesses: commented }).data.weaknesses[1]?.id, 862)
})

const xhtml = 'xmlns:h="http://www.w3.org/1999/xhtml"'
const deep = `${`<h:p ${xhtml}>`.repeat(1)}${'<h:p>'.repeat(70)}${'</h:p>'.repeat(70)}</h:p>`
const implicit = '<View ID="4000" Name="New" Type="Implicit" Status="Draft"><Filter>/x</Filter></View>'
const group = (id: string, member: string): string =>
  `<Category ID="${id}" Name="G" Status="Draft"><Relationships><Has_Member CWE_ID="${member}" View_ID="1000"/>` +
  '</Relationships></Category>'
const related = (nature: string, id: string): string =>
  `<Related_Weaknesses><Related_Weakness Nature="${nature}" CWE_ID="${id}" View_ID="1000"/></Related_Weaknesses>`

const REFUSED: readonly (readonly [string, SampleParts, RegExp])[] = [
  ['a DOCTYPE', { prolog: '<?xml version="1.0"?><!DOCTYPE Weakness_Catalog>' }, /DOCTYPE/],
  ['entities that multiply', {
    prolog: '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>',
    weaknesses: sampleWeakness(862, { name: '&b;' }),
  }, /DOCTYPE/],
  ['an external entity', {
    prolog: '<?xml version="1.0"?><!DOCTYPE r SYSTEM "file:///etc/passwd">',
  }, /DOCTYPE/],
  ['another declaration', { weaknesses: '<!ELEMENT Weakness ANY>' }, /another declaration/],
  ['an entity that is not predefined', { weaknesses: sampleWeakness(862, { name: '&nbsp;' }) }, /malformed/],
  ['nesting too deep', { weaknesses: sampleWeakness(862).replace('Text.', deep) }, /nests deeper/],
  ['too many elements in an entry', {
    weaknesses: sampleWeakness(862).replace('Text.', '<X/>'.repeat(50_001)),
  }, /more than 50000 elements/],
  ['an endless comment', { weaknesses: `<!--${'-<'.repeat(150_000)}-->` }, /longer than/],
  ['an endless attribute list', { weaknesses: `<Weakness ${'a=">" '.repeat(50_000)}/>` }, /longer than/],
  ['an endless text', { weaknesses: sampleWeakness(862).replace('Text.', '&lt;'.repeat(70_000)) }, /longer than/],
  ['a comment that never ends', { weaknesses: '<!-- ' }, /truncated/],
  ['another root', { root: 'Attack_Pattern_Catalog' }, /root element/],
  ['another namespace', {
    attributes: 'Name="CWE" Version="5.0" Date="2030-01-02" xmlns="http://cwe.mitre.org/cwe-8"',
  }, /namespace/],
  ['no namespace', { attributes: 'Name="CWE" Version="5.0" Date="2030-01-02"' }, /namespace/],
  ['no version', {
    attributes: 'Name="CWE" Version="new" Date="2030-01-02" xmlns="http://cwe.mitre.org/cwe-7"',
  }, /version/],
  ['a truncated document', { end: '' }, /malformed or truncated/],
  ['a closing tag that does not match', { end: '</Weaknesses>' }, /malformed/],
  ['something after the root', { end: '</Weakness_Catalog><Weakness_Catalog/>' }, /malformed/],
  ['another encoding', { prolog: '<?xml version="1.0" encoding="UTF-16"?>' }, /UTF-8/],
  ['an unknown usage', { weaknesses: sampleWeakness(862, { usage: 'Encouraged' }) }, /unknown usage: "Encouraged"/],
  ['an unknown abstraction', { weaknesses: sampleWeakness(862, { abstraction: 'Atom' }) }, /unknown Abstraction/],
  ['an unknown status', { weaknesses: sampleWeakness(862, { status: 'Gone' }) }, /unknown Status/],
  ['an unknown relation', { weaknesses: sampleWeakness(862, { content: related('CousinOf', '284') }) }, /Nature/],
  ['the id 0', { weaknesses: sampleWeakness(0) }, /no positive integer/],
  ['an id that is no number', { weaknesses: sampleWeakness('__proto__') }, /no positive integer/],
  ['an id used twice', { weaknesses: sampleWeakness(862) + sampleWeakness(862) }, /862 is used twice/],
  ['an id used by a weakness and a category', { categories: group('862', '284') }, /862 is used twice/],
  ['a parent that does not exist', { weaknesses: sampleWeakness(862, { parents: [9] }) }, /parent 9 of CWE-862/],
  ['a parent that is a category', {
    weaknesses: sampleWeakness(862, { parents: [5] }), categories: group('5', '284'),
  }, /parent 5 of CWE-862 is no weakness/],
  ['a dangling relation', {
    weaknesses: sampleWeakness(862, { content: related('CanPrecede', '7') }),
  }, /CWE-862 refers to 7 \(canPrecede\)/],
  ['a dangling alternative', {
    weaknesses: sampleWeakness(862)
      .replace('<Reasons>', '<Suggestions><Suggestion CWE_ID="7"/></Suggestions><Reasons>'),
  }, /mappingAlternatives/],
  ['a dangling member', { categories: group('5', '7') }, /CWE-5 refers to 7 \(member\)/],
  ['a cycle of parents', {
    weaknesses: sampleWeakness(862, { parents: [863] }) + sampleWeakness(863, { parents: [862] }),
  }, /cycle at or above CWE-862/],
  ['a weakness that is its own parent', { weaknesses: sampleWeakness(862, { parents: [862] }) }, /cycle/],
  ['a live weakness without a parent', { weaknesses: sampleWeakness(862, { parents: [] }) }, /has no parent/],
  ['a pillar with a parent', { weaknesses: sampleWeakness(862, { abstraction: 'Pillar' }) }, /pillar CWE-862/],
  ['an implicit view without a known filter', { views: implicit }, /implicit view 4000/],
  ['a section of an unknown kind', {
    categories: '</Categories><Extras><Extra/></Extras><Categories>',
  }, /unknown kind/],
  ['a name that acts on a terminal', { weaknesses: sampleWeakness(862, { name: 'A&#x9b;31m' }) }, /control characters/],
  ['a name that turns text around', { weaknesses: sampleWeakness(862, { name: 'A&#x202e;B' }) }, /control characters/],
]

for (const [what, parts, message] of REFUSED) {
  test(`refused: ${what}`, () => {
    assert.throws(() => convert(parts), (error) => error instanceof Refusal && message.test(error.message))
  })
}

test('refused: bytes that are no UTF-8, and more than 64 MB', () => {
  assert.throws(() => convertRelease(Buffer.from([0x3c, 0xff])), /not valid UTF-8/)
  assert.throws(() => convertRelease(Buffer.alloc(64_000_001, 0x20)), /larger than/)
})

test('every prefix of a release is refused', () => {
  const xml = sampleXml()
  for (let end = 0; end < xml.length; end += 7) {
    assert.throws(() => convertRelease(Buffer.from(xml.slice(0, end))), Refusal, `cut at ${end}`)
  }
})

test('a release without weaknesses below its pillar is still one, without any it is none', () => {
  assert.equal(convert({ weaknesses: '' }).data.weaknesses.length, 1)
  assert.throws(() => convertRelease(Buffer.from(sampleXml().replaceAll(SAMPLE_PILLAR, ''))), Refusal)
})

test('a cycle in another view than 1000 is refused too', () => {
  const inView = (parent: number): string =>
    `<Related_Weaknesses><Related_Weakness Nature="ChildOf" CWE_ID="${parent}" View_ID="1003"/></Related_Weaknesses>`
  const parts = {
    weaknesses: sampleWeakness(862, { content: inView(863) }) + sampleWeakness(863, { content: inView(862) }),
    views: '<View ID="1003" Name="Simple" Type="Graph" Status="Draft"><Members/></View>',
  }
  assert.throws(() => convert(parts), /cycle at or above CWE-862/)
  assert.throws(() => convert({ ...parts, views: '' }), /1003, which is no view/)
})

test('a document with bytes changed, dropped and doubled at random is converted or refused, never worse', () => {
  const xml = sampleBytes({ weaknesses: sampleWeakness(285) + sampleWeakness(862, { parents: [285] }) })
  let seed = 20
  const next = (below: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((seed / 2 ** 32) * below)
  }
  for (let round = 0; round < 2000; round++) {
    const at = next(xml.length)
    const from = next(xml.length)
    const doubled = xml.subarray(from, from + next(40))
    const damaged = Buffer.concat([xml.subarray(0, at), doubled, xml.subarray(at + next(3))])
    try {
      assert.equal(convertRelease(damaged).data.name, 'CWE')
    } catch (error) {
      assert.ok(error instanceof Refusal, `round ${round}: ${String(error)}`)
    }
  }
})
