import type { Origin } from '../../src/dataflow/search.ts'
import type { Review } from '../../src/review/review.ts'
import type { Place } from '../../src/analysis/place.ts'
import type { Rule } from '../../src/rules/rule.ts'
import { rule, Sketch } from './sketch.ts'

/** A view and a database module: a query string reaches an SQL text two functions away. */
export const VIEWS = `from flask import request
from shop import db


def search():
    name = request.args['q']
    return db.find(name)
`

export const DB = `import sqlite3


def find(name):
    cursor = sqlite3.connect('shop.db').cursor()
    cursor.execute("SELECT * FROM item WHERE name = '" + name + "'")
    return cursor.fetchall()


def count():
    cursor = sqlite3.connect('shop.db').cursor()
    cursor.execute("SELECT count(*) FROM item")
`

export const SINK = `cursor.execute("SELECT * FROM item WHERE name = '" + name + "'")`
export const SAFE = `cursor.execute("SELECT count(*) FROM item")`
export const SQL: Rule = rule()

/** The shop as a sketch; texts can be replaced. */
export function shop(texts: Readonly<Record<string, string>> = {}): Sketch {
  return new Sketch({ 'shop/views.py': VIEWS, 'shop/db.py': DB, ...texts })
}

/** The route from the query string to the SQL text. */
export function queryRoute(sketch: Sketch, more: Partial<Origin> = {}): Origin {
  return sketch.route(
    'source',
    'remote',
    'the query string of the HTTP request',
    [
      ['shop/views.py', 'request.args', ''],
      ['shop/views.py', 'db.find(name)', 'is passed to find()'],
      ['shop/db.py', 'name', 'enters find()'],
      ['shop/db.py', `"SELECT * FROM item WHERE name = '" + name + "'"`, 'becomes part of a text'],
    ],
    more,
  )
}

/** The place at which the query runs, found by the route. */
export function found(
  sketch: Sketch,
  routes: readonly Origin[] = [queryRoute(sketch)],
  more: Partial<Place> = {},
): Place {
  return sketch.place(SQL, 'shop/db.py', SINK, { type: 'found', routes }, more)
}

/** One finding, one safe place, one that is not decided, and a problem. */
export function shopReview(): Review {
  const sketch = shop()
  const file = sketch.file('shop/db.py')
  const at = sketch.spanOf('shop/db.py', '"SELECT count(*) FROM item"')
  const safe = sketch.place(SQL, 'shop/db.py', SAFE, {
    type: 'safe',
    by: 'constant',
    why: 'every value that can arrive is a constant',
    file,
    at,
  })
  const open = sketch.place(
    rule({ id: 'command-injection', cwe: 78 }),
    'shop/db.py',
    'cursor.fetchall()',
    {
      type: 'undecided',
      reason: 'unresolved-call',
      why: 'it depends on x(), which could not be resolved',
      file,
      at,
    },
    { callee: 'shop.run' },
  )
  return sketch.review([open, safe, found(sketch)], {
    problems: [{ kind: 'skipped', path: 'shop/logo.png', message: 'It is a binary file and was not reviewed.' }],
  })
}
