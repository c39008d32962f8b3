/**
 * A part of what a call is given or gives, from the outside in, as models write it:
 *
 * - `[*]` any element, by whatever key or index
 * - `[value]` an element of a mapping, and not a key; on both sides: under the same key
 * - `[each]` what iterating gives: of a mapping its keys. On both sides: in the same order
 * - `{key}` a key of a mapping
 * - `[0]`, `[name]` the element under a constant index or key
 * - `[$0]` the element under the key that argument 0 is; any element when that is not constant
 * - `[$keyword]` the element under the name by which the argument is given
 * - `[$position]` the element under the number of the argument among those that the entry names
 * - `[$field]` the element under a name or number that the template of the entry's `fields` has
 * - `.name` an attribute; `.$1` the attribute that argument 1 names; `.$keyword` that of the name by which it is given
 * - `[.]` and `.=`, one on each side: the element under a name, and the attribute of that name
 */
export type PartStep =
  | { readonly kind: 'any' | 'value' | 'each' | 'keys' | 'keyword' | 'position' | 'field' }
  | { readonly kind: 'keyword-attribute' | 'same-name' | 'same-name-attribute' }
  | { readonly kind: 'key' | 'attribute', readonly name: string }
  | { readonly kind: 'given-key' | 'given-attribute', readonly position: number }

/** Form of a written part; the steps that `partSteps` reads. */
export const PART_PATTERN = '^(\\[(\\*|value|each|\\$keyword|\\$position|\\$field|\\$\\d|-?\\w+)\\]|\\{key\\}|\\.\\$\\d|\\.\\$keyword|\\[\\.\\]|\\.=|\\.[A-Za-z_]\\w*){0,3}$'

const STEP = /\[([^\]]+)\]|\{key\}|\.(\$?\w+|=)/g

const WORDS: ReadonlyMap<string, PartStep> = new Map<string, PartStep>([
  ['*', { kind: 'any' }], ['value', { kind: 'value' }], ['each', { kind: 'each' }],
  ['$keyword', { kind: 'keyword' }], ['$position', { kind: 'position' }], ['$field', { kind: 'field' }],
  ['.', { kind: 'same-name' }],
])

/** Steps of a part whose form has been checked. */
export function partSteps(written: string): readonly PartStep[] {
  return [...written.matchAll(STEP)].map(([, element, attribute]): PartStep => {
    if (element !== undefined) return WORDS.get(element) ?? elementStep(element)
    if (attribute === undefined) return { kind: 'keys' }
    if (attribute === '=') return { kind: 'same-name-attribute' }
    if (attribute === '$keyword') return { kind: 'keyword-attribute' }
    return attribute.startsWith('$')
      ? { kind: 'given-attribute', position: Number(attribute.slice(1)) }
      : { kind: 'attribute', name: attribute }
  })
}

function elementStep(written: string): PartStep {
  return written.startsWith('$') ? { kind: 'given-key', position: Number(written.slice(1)) } : { kind: 'key', name: written }
}
