/**
 * What a fixed text in front of untrusted data means, per sink kind. The other
 * facts about kinds are in the models.
 */
const HARMLESS_AFTER: ReadonlyMap<string, RegExp> = new Map([
  // RFC 3986, section 3: once scheme, host and a delimiter stand fixed, what follows cannot change the host.
  ['url-fetch', /^[a-z][a-z0-9+.-]*:\/\/[^/?#@\\]+[/?#]/i],
  // A path on the same host: one slash, then not a second one (`//host` and `/\host` name another host).
  ['redirect', /^(?:[a-z][a-z0-9+.-]*:\/\/[^/?#@\\]+[/?#]|\/[^/\\]|[?#])/i],
])

/** Sink kinds for which a dictionary or list is data to be serialised, and only text is dangerous. */
const TEXT_ONLY: ReadonlySet<string> = new Set(['html'])

/** Whether a container given to a sink of this kind is harmless. */
export function isTextOnly(kind: string): boolean {
  return TEXT_ONLY.has(kind)
}

/** The expression a fixed prefix must match to make the rest harmless for a sink kind. */
export function harmlessAfter(kind: string): RegExp | undefined {
  return HARMLESS_AFTER.get(kind)
}
