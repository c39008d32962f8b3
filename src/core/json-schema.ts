import { createRequire } from 'node:module'
import type * as Schema from 'ajv'

/**
 * A check of plain data against a JSON schema: everything that is wrong with it,
 * nothing when it is valid. The library is loaded and the schema compiled when
 * something is checked first. `formats` decide what the schema's formats of that name mean.
 */
export function jsonSchemaCheck(
  schema: () => object, formats: Readonly<Record<string, (text: string) => boolean>> = {},
): (value: unknown) => readonly Schema.ErrorObject[] {
  let validate: Schema.ValidateFunction | undefined
  return (value) => {
    validate ??= new (library().Ajv)({ allErrors: true, strict: false, formats: { ...formats } }).compile(schema())
    return validate(value) ? [] : validate.errors ?? []
  }
}

function library(): typeof Schema {
  return createRequire(import.meta.url)('ajv') as typeof Schema
}
