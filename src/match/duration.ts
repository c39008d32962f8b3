const MILLISECONDS: readonly (readonly [string, bigint])[] = [
  ['ms', 1n], ['s', 1000n], ['m', 60_000n], ['h', 3_600_000n], ['d', 86_400_000n], ['w', 604_800_000n], ['y', 31_536_000_000n],
]

/** A duration as PromQL writes it, `1h30m`, in milliseconds; `undefined` for anything else. */
export function durationIn(text: string): bigint | undefined {
  const parts = [...text.matchAll(/(\d{1,18})(ms|[smhdwy])/g)]
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text.trim()) return undefined
  let sum = 0n
  for (const [, count = '0', unit] of parts) sum += BigInt(count) * (MILLISECONDS.find(([name]) => name === unit)?.[1] ?? 0n)
  return sum
}
