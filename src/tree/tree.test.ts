import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Flag, SHAPES, node, type Node } from './node.ts'
import { printTree } from './print.ts'
import { validateTree } from './validate.ts'
import { descendants, visit } from './visit.ts'

function call(): Node {
  const object = node('identifier', 'object', 0, 2, [], 'os')
  const callee = node('member', 'callee', 0, 9, [object, node('identifier', 'name', 3, 9, [], 'system')])
  return node('call', 'value', 0, 15, [callee, node('string', 'argument', 10, 14, [], 'l\ns\'')])
}

function module(...statements: Node[]): Node {
  return node('module', 'root', 0, 20, statements)
}

test('a tree prints as one line with roles, flags and escaped text', () => {
  assert.equal(
    printTree(call()),
    "(call callee:(member object:(identifier 'os') name:(identifier 'system')) argument:(string 'l\\ns\\''))",
  )
  assert.equal(printTree(node('parameter', 'parameter', 0, 1, [], '', Flag.Rest)), '(parameter+Rest)')
})

test('a tree that follows the shapes is valid', () => {
  assert.deepEqual(validateTree(module(node('expression-statement', 'statement', 0, 15, [call()])), 20), [])
})

test('each offence against the shapes is named', () => {
  const cases: readonly (readonly [Node, RegExp])[] = [
    [node('expression-statement', 'statement', 0, 1), /expression-statement \[0, 1\): lacks its value/],
    [node('pass', 'statement', 0, 4, [], 'x'), /pass \[0, 4\): has text "x"/],
    [node('pass', 'statement', 0, 4, [node('pass', 'body', 0, 1)]), /has a child in role body/],
    [node('pass', 'statement', 4, 2), /ends before it starts/],
    [
      node('return', 'statement', 0, 4, [node('null', 'value', 0, 1), node('null', 'value', 2, 3)]),
      /2 children in role value/,
    ],
    [
      node('return', 'statement', 0, 4, [node('null', 'value', 3, 8)]),
      /null \[3, 8\): outside its parent return \[0, 4\)/,
    ],
    [node('pass', 'statement', 18, 24), /outside its parent module/],
  ]
  for (const [statement, expected] of cases) assert.match(validateTree(module(statement), 20).join('\n'), expected)
  assert.match(validateTree(module(), 19).join('\n'), /outside the file of length 19/)
})

test('every kind has a shape whose counts are known', () => {
  for (const [kind, { roles }] of Object.entries(SHAPES)) {
    for (const count of Object.values(roles)) assert.ok(['one', 'optional', 'many'].includes(count), kind)
  }
})

test('a visit goes in order of place and leaves out what it is told to', () => {
  const kinds = descendants(call()).map((each) => each.kind)
  assert.deepEqual(kinds, ['call', 'member', 'identifier', 'identifier', 'string'])
  const seen: string[] = []
  visit(call(), (each) => {
    seen.push(each.kind)
    return each.kind !== 'member'
  })
  assert.deepEqual(seen, ['call', 'member', 'string'])
})

test('a very deep tree is visited and validated without recursion', () => {
  let deep = node('null', 'value', 5, 6)
  for (let level = 0; level < 100_000; level++) deep = node('await', 'value', 5, 6, [deep])
  assert.equal(descendants(deep).length, 100_001)
  assert.deepEqual(validateTree(module(node('expression-statement', 'statement', 5, 6, [deep])), 20), [])
})
