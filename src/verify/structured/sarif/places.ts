import type { Claim, OtherPlace } from '../../claim.ts'
import type { JsonValue } from '../../reader.ts'
import { fileClaim, linesClaim, otherPlace, percentDecoded, quoteClaim } from '../claims.ts'
import { JsonRecord, type Words } from '../record.ts'

/** Bases in bases that are followed. */
const MAX_BASES = 16

/** What a run's locations refer to: its artifacts by number and its bases by name. */
export class RunPlaces {
  readonly #artifacts: readonly JsonValue[]
  readonly #bases: JsonRecord | undefined
  readonly #flowLocations: readonly JsonValue[]

  constructor(run: JsonRecord) {
    this.#artifacts = run.list('artifacts')
    this.#bases = run.record('originalUriBaseIds')
    this.#bases?.skipAll()
    this.#flowLocations = run.list('threadFlowLocations')
  }

  /** The location of a step of a flow, which may stand among those that a run's flows share. */
  stepLocation(step: JsonRecord): JsonRecord | undefined {
    const index = step.number('index')?.value
    const shared = index === undefined ? undefined : JsonRecord.of(this.#flowLocations[index])
    return step.record('location') ?? shared?.record('location')
  }

  /**
   * The address of an `artifactLocation` with its percent signs decoded, below
   * its base as far as that base is relative itself: an absolute base is where
   * the tool saw the root.
   */
  path(location: JsonRecord | undefined): { readonly words: Words; readonly path: string } | undefined {
    if (location === undefined) return undefined
    const index = location.number('index')?.value
    location.skip('description')
    const own = location.text('uri')
    const base = location.text('uriBaseId')?.value
    if (own !== undefined) return { words: own, path: this.#below(base, percentDecoded(own.value.trim())) }
    const artifact = JsonRecord.of(index === undefined ? undefined : this.#artifacts[index])?.record('location')
    const uri = artifact?.text('uri')
    return uri === undefined
      ? undefined
      : { words: uri, path: this.#below(artifact?.text('uriBaseId')?.value, percentDecoded(uri.value.trim())) }
  }

  #below(base: string | undefined, path: string): string {
    let below = path
    let name = base
    for (let depth = 0; name !== undefined && depth < MAX_BASES; depth++) {
      const record = JsonRecord.of(this.#bases?.node.members.get(name))
      const uri = percentDecoded(record?.text('uri')?.value.trim() ?? '')
      if (uri === '' || isAbsolute(uri) || isAbsolute(below)) return below
      below = `${uri.replace(/\/$/, '')}/${below}`
      name = record?.text('uriBaseId')?.value
    }
    return below
  }

  /** File, lines and code of a location. */
  claims(text: string, location: JsonRecord | undefined): readonly Claim[] {
    const physical = location?.record('physicalLocation')
    location?.skip('id', 'logicalLocations', 'message', 'annotations', 'relationships')
    if (physical === undefined) return []
    const file = this.path(physical.record('artifactLocation'))
    const region = regionOf(physical)
    return [
      ...(file === undefined ? [] : fileClaim(text, file.words, file.path)),
      ...(region === undefined ? [] : linesClaim(region.number('startLine'), region.number('endLine'))),
      ...quoteOf(text, region, physical.record('contextRegion')),
    ]
  }

  /** A location as a place of a flow or beside the first one. */
  place(location: JsonRecord | undefined): readonly OtherPlace[] {
    const physical = location?.record('physicalLocation')
    location?.skip('id', 'logicalLocations', 'message', 'annotations', 'relationships')
    if (physical === undefined) return []
    const region = regionOf(physical)
    physical.record('contextRegion')?.skipAll()
    const path = this.path(physical.record('artifactLocation'))?.path ?? ''
    const snippet = region?.record('snippet')?.skipAll().text('text')?.value
    const place = otherPlace(
      physical,
      path,
      region?.number('startLine')?.value,
      region?.number('endLine')?.value,
      snippet,
    )
    return place === undefined ? [] : [place]
  }
}

/** Lines count from 1 whatever unit columns have; a region by characters or bytes alone names no line. */
function regionOf(physical: JsonRecord): JsonRecord | undefined {
  physical.skip('address', 'properties')
  return physical
    .record('region')
    ?.skip(
      'startColumn',
      'endColumn',
      'charOffset',
      'charLength',
      'byteOffset',
      'byteLength',
      'sourceLanguage',
      'message',
      'properties',
    )
}

/** The code of the region itself; the code around it only when there is no other. */
function quoteOf(text: string, region: JsonRecord | undefined, context: JsonRecord | undefined): readonly Claim[] {
  context?.skipAll()
  const own = region?.record('snippet')?.skipAll().text('text')
  const form =
    region !== undefined && region.has('startColumn') && own?.value.includes('\n') === false ? 'inline' : 'block'
  const quote = quoteClaim(text, own, form)
  const around = context?.record('snippet')?.skipAll().text('text')
  return quote.length > 0 ? quote : quoteClaim(text, around)
}

function isAbsolute(uri: string): boolean {
  return uri.startsWith('/') || /^[a-z][a-z0-9+.-]*:/i.test(uri)
}
