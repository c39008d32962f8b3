import { printable } from '../core/printable.ts'

/** A relative reference by RFC 3986; a lone surrogate, which no address can hold, becomes U+FFFD. */
export function uri(path: string): string {
  return path
    .replace(/\p{Cs}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/')
}

/**
 * Text of a message. Viewers read `{0}` as a placeholder (3.11.5) and
 * `[text](target)` as a link (3.11.6), which code must not make.
 */
export function message(text: string): string {
  return printable(text.replace(/\s+/g, ' ').trim())
    .replace(/\{(\d+)\}/g, '{{$1}}')
    .replaceAll('](', '] (')
}
