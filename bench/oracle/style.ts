import type { Random } from './random.ts'

/** How the files of one program are written out. */
export interface Style {
  /** One level of indentation. */
  readonly indent: string
  /** What stands before the imports of every file, in lines. */
  readonly head: readonly string[]
  /** Empty lines between definitions. */
  readonly gap: number
}

/** The style of programs for people to read. */
export const PLAIN: Style = { indent: '    ', head: [], gap: 1 }

const HEADS: readonly (readonly string[])[] = [
  [], [], [], ['"""Part of the application."""', ''], ['# -*- coding: utf-8 -*-'], ['#!/usr/bin/env python3', '"""See the README."""', ''],
  ['from __future__ import annotations', ''], ['"""', 'What this module does', '====================', '', 'It does its part.', '"""', 'from __future__ import annotations', ''],
]

export function drawnStyle(random: Random): Style {
  return { indent: random.pick(['    ', '    ', '    ', '    ', '  ', '\t']), head: random.pick(HEADS), gap: random.pick([1, 2, 2]) }
}

/** The text in that style. */
export function styled(text: string, style: Style): string {
  const lines = text.split('\n').map((line) => {
    const levels = Math.floor((line.length - line.trimStart().length) / 4)
    return style.indent.repeat(levels) + line.slice(4 * levels)
  })
  return [...style.head, ...lines].join('\n')
}
