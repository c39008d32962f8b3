/**
 * Compares release numbers part by part: 4.19.1 > 4.19 > 4.9. Negative when the
 * first is older, 0 when equal (4.20 equals 4.20.0).
 */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number)
  const right = b.split('.').map(Number)
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
