import { printable, printableLines } from '../core/printable.ts'

/**
 * Markdown in which nothing from the reviewed code is markup: no emphasis, link,
 * heading, HTML, mention, nor an address that a renderer would make a link of.
 */

/** Prose of ours with code between backticks, as reviews are written; both parts are made harmless. */
export function prose(text: string): string {
  return printable(text.replace(/\s+/g, ' ').trim())
    .split('`')
    .map((part, at) => (at % 2 === 1 ? codeSpan(part) : part.split(' ').map(word).join(' ')))
    .join('')
}

/** Code inside a line. The fence is longer than any run of backticks in it. */
export function codeSpan(text: string): string {
  const shown = printable(text)
  if (shown === '') return ''
  const fence = '`'.repeat(longestRun(shown) + 1)
  const pad = shown.startsWith('`') || shown.endsWith('`') || (shown.startsWith(' ') && shown.endsWith(' ')) ? ' ' : ''
  return `${fence}${pad}${shown}${pad}${fence}`
}

/** A fenced block that its content cannot close. `indent` blanks stand before each line. */
export function codeBlock(text: string, indent: string = ''): string {
  const shown = printableLines(text)
  const fence = '`'.repeat(Math.max(3, longestRun(shown) + 1))
  return [fence, ...shown.split('\n'), fence].map((line) => (line === '' ? '' : `${indent}${line}`)).join('\n')
}

/** A cell of a table: prose in which a bar does not end the cell, not even inside code. */
export function cell(text: string): string {
  return prose(text).replace(/(?<!\\)\|/g, '\\|')
}

/** An address of a rule as a link; anything that is not plainly a web address is shown as code. */
export function reference(text: string): string {
  return /^https:\/\/[A-Za-z0-9.-]+(?::\d+)?(?:\/[A-Za-z0-9._~!$&'*+,;=:@%/?#-]*)?$/.test(text)
    ? `<${text}>`
    : codeSpan(text)
}

/** What renderers turn into a link or a mention by themselves. */
const LINKED = /:\/\/|www\.|@|mailto:|xmpp:/i

function word(text: string): string {
  if (text === '') return ''
  return LINKED.test(text) ? codeSpan(text) : text.replace(/[\\`*_{}[\]<>&#|~!$]|^[-+](?=$)|^\d+[.)](?=$)/g, escaped)
}

function escaped(found: string): string {
  if (found === '<') return '&lt;'
  if (found === '>') return '&gt;'
  if (found === '&') return '&amp;'
  return found.length === 1 ? `\\${found}` : `${found.slice(0, -1)}\\${found.slice(-1)}`
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length))
}
