import { PART_PATTERN } from './parts.ts'

/**
 * JSON schema of model files. `schemas/model.schema.json` is this value as
 * text, for editors; a test keeps the two equal.
 */
export const modelSchema: Readonly<Record<string, unknown>> = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://assay.dev/schemas/model.schema.json',
  title: 'Assay library model',
  description: 'What a library does: where untrusted data enters, what is dangerous, what makes data safe.',
  ...record(['model', 'version', 'language', 'library', 'documentation'], {
    model: { type: 'string', pattern: '^[a-z0-9-]+(/[a-z0-9._-]+)?$', description: 'Language and file, joined by `/`.' },
    version: { const: 1, description: 'Version of this format.' },
    language: { type: 'string', pattern: '^[a-z0-9-]+$' },
    library: { type: 'string', minLength: 1, description: "The library's name as people know it." },
    documentation: link('Documentation of the library; of every entry that names none of its own.'),
    types: section('type'),
    returns: section('return'),
    sources: section('source'),
    sinks: section('sink'),
    sanitizers: section('sanitizer'),
    propagators: section('propagator'),
    guards: section('guard'),
    exits: section('exit'),
    constants: section('constant'),
    'entry-points': section('entryPoint'),
    callbacks: section('callback'),
    records: section('record'),
    acts: section('act'),
    aliases: section('alias'),
  }),
  definitions: {
    name: { type: 'string', pattern: '^[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_<][A-Za-z0-9_>]*)*$' },
    names: oneOrMore({ $ref: '#/definitions/name' }),
    kind: { type: 'string', pattern: '^[a-z][a-z0-9-]*$' },
    kinds: oneOrMore({ type: 'string', pattern: '^(\\*|[a-z][a-z0-9-]*)$' }),
    sentence: { type: 'string', minLength: 3, maxLength: 600 },
    argument: {
      description: 'A position from 0, `receiver`, `every`, `every-positional`, `every-keyword`, a parameter name, or position and name.',
      anyOf: [
        { type: 'integer', minimum: 0, maximum: 64 },
        { type: 'string', pattern: '^(every-positional|every-keyword|[A-Za-z_][A-Za-z0-9_]*)$' },
        {
          ...record([], { position: { type: 'integer', minimum: 0, maximum: 64 }, name: { type: 'string' } }),
          minProperties: 1,
        },
      ],
    },
    part: {
      type: 'string',
      pattern: PART_PATTERN,
      description: 'Steps from the outside in: `[*]`, `[value]`, `[each]`, `{key}`, `[0]`, `[$0]`, `[$keyword]`, `[$position]`, `[$field]`, `.name`, `.$1`, `.$keyword`, `[.]`, `.=`.',
    },
    compiled: record(['call', 'expression'], { call: ref('name'), expression: ref('argument'), flags: ref('argument') }),
    arguments: oneOrMore({ $ref: '#/definitions/argument' }),
    values: oneOrMore({ type: ['string', 'number', 'boolean', 'null'] }),
    argumentValue: record(['argument'], {
      argument: ref('argument'),
      equals: ref('values'),
      denotes: ref('names'),
      absent: { type: 'boolean' },
    }),
    argumentValues: { type: 'array', items: ref('argumentValue'), maxItems: 20 },
    type: entry(['type'], {
      type: ref('names'),
      bases: { type: 'array', items: ref('name') },
      attributes: { type: 'object', additionalProperties: ref('name') },
      iterates: { const: 'keys', description: 'A mapping: iterating it gives its keys.' },
      enumeration: { const: true, description: 'Calling a class that descends from it gives the member that has the value, or raises.' },
      validates: { const: true, description: 'Objects of classes that descend from it hold in their fields what these are declared to be.' },
      plain: { const: true, description: "Its values hold no text of anybody's choosing, as numbers and dates do not." },
    }),
    return: entry(['call', 'type'], { call: ref('names'), type: ref('name'), element: ref('name') }),
    source: {
      ...entry(['kind', 'what'], {
        kind: ref('kind'),
        read: ref('names'),
        call: ref('names'),
        'any-receiver': { type: 'boolean' },
        what: ref('sentence'),
      }),
      oneOf: [{ required: ['read'] }, { required: ['call'] }],
    },
    sink: entry(['kind', 'call', 'what', 'advice'], {
      kind: ref('kind'),
      call: ref('names'),
      argument: ref('argument'),
      'any-receiver': { type: 'boolean' },
      what: ref('sentence'),
      advice: ref('sentence'),
      parameters: ref('argument'),
      when: ref('argumentValues'),
      unless: ref('argumentValues'),
      'unless-made-with': { ...ref('argumentValues'), description: 'The same of arguments of the call that made the receiver.' },
    }),
    sanitizer: {
      ...entry(['kinds', 'what'], {
        call: ref('names'),
        read: ref('names'),
        'any-receiver': { type: 'boolean' },
        kinds: ref('kinds'),
        replaced: {
          ...record(['pattern', 'by'], { pattern: ref('argument'), compiled: ref('compiled'), by: ref('argument'), most: ref('argument') }),
          description: 'Only where what is left is harmless, when the parts that an expression matches are replaced.',
        },
        captured: {
          ...record(['match', 'group'], { match: ref('argument'), group: ref('argument') }),
          description: 'Only where the group of a regular expression that the call takes from its match is harmless.',
        },
        what: ref('sentence'),
      }),
      oneOf: [{ required: ['call'] }, { required: ['read'] }],
    },
    propagator: {
      ...entry(['call'], {
        call: ref('names'),
        'any-receiver': { type: 'boolean' },
        from: ref('arguments'),
        'from-part': { ...ref('part'), description: 'Part of what passes; the whole of it when only the other part is named.' },
        called: { type: 'boolean', description: 'What calling the argument gives passes, and not the argument.' },
        to: { anyOf: [{ const: 'result' }, ref('argument')] },
        'to-part': {
          anyOf: [{ const: 'anywhere' }, ref('part')],
          description: 'Part of what it reaches; the whole of it when only the other part is named.',
        },
        fields: {
          ...record(['template', 'pattern'], {
            template: ref('argument'), pattern: { type: 'string', format: 'regex', maxLength: 200 },
          }),
          description: 'Only arguments that this text names pass; group 1 of the pattern is the name or number, empty for the next number.',
        },
        otherwise: { const: true, description: 'Passes only where the part is missing that another entry of the call takes, or, of the receiver, puts in.' },
        clears: { const: 'receiver', description: 'The receiver holds nothing afterwards.' },
        removes: { const: 'receiver', description: 'The receiver may lack something afterwards that it had.' },
        sequence: {
          enum: ['append', 'extend', 'insert', 'take', 'reverse', 'sort', 'clear'],
          description: 'What it does to the order of its receiver: `insert` argument 1 at the index argument 0, `take` out the element at that index, or the last.',
        },
        undoes: { ...ref('names'), description: 'Calls whose first argument it gives back when `from` is what they gave.' },
        none: { const: true },
      }),
      oneOf: [{ required: ['from'] }, { required: ['none'] }],
    },
    guard: entry(['call', 'checks', 'when'], {
      call: ref('names'),
      'any-receiver': { type: 'boolean' },
      checks: ref('argument'),
      when: {
        enum: ['true', 'false', 'returns', 'equal', true, false],
        description: 'The outcome that shows it; `equal`: that the result, or one of its parts, equals something fixed.',
      },
      kinds: { ...ref('kinds'), description: 'Absent: every kind for which the rest of the entry is enough.' },
      parts: { ...ref('names'), description: 'Attributes of the result that are compared; absent: the result itself.' },
      elements: { enum: ['itself', 'every', 'some'], description: 'What is checked is the outcome, or holds outcomes of which every one or some is then true.' },
      characters: { type: 'string', minLength: 1, maxLength: 100, description: 'The text is made of these only, as a class of a regular expression lists them.' },
      matches: {
        ...record(['pattern', 'extent'], {
          pattern: ref('argument'),
          compiled: ref('compiled'),
          extent: { enum: ['whole', 'start', 'part'] },
          flags: ref('argument'),
          'line-flags': ref('names'),
        }),
        description: 'The text matches an expression: all of it, its beginning or any part; `line-flags` let ^ and $ stand at every line.',
      },
      types: { ...ref('argument'), description: 'The value is of the types that this argument names.' },
      among: { ...ref('argument'), description: 'It shows that what is checked is in this argument, or among its keys.' },
      'gives-type': { type: 'boolean', description: 'The result is the type of what is checked, and compared with types.' },
      prefix: { ...ref('argument'), description: 'The text begins with this argument.' },
      begins: { ...ref('argument'), description: 'It tells whether the text begins with this argument, which alone proves nothing.' },
      'begins-with': {
        ...oneOrMore({ type: 'string', minLength: 1, maxLength: 20 }), description: 'It tells the same of these texts.',
      },
      after: { ...ref('names'), description: 'Only what one of these calls gave is checked, and with it what was given to the call.' },
    }),
    exit: entry(['call'], { call: ref('names') }),
    constant: entry(['name', 'value'], { name: ref('names'), value: { type: 'string', maxLength: 1000, description: 'The text that the library offers under the name.' } }),
    entryPoint: {
      ...entry(['kind', 'what'], {
        kind: ref('kind'),
        decorator: ref('names'),
        base: ref('names'),
        methods: { type: 'array', items: { type: 'string', pattern: '^(\\*|[A-Za-z_][A-Za-z0-9_]*)$' } },
        call: ref('names'),
        argument: ref('argument'),
        'parameter-types': { type: 'object', additionalProperties: ref('name') },
        'first-parameter-type': ref('name'),
        'parameters-untrusted': {
          enum: [true, false, 'declared'],
          description: '`declared`: the framework fills parameters by their annotations and defaults; dependencies are no data.',
        },
        'part-of-handler': { const: true, description: 'The function runs before or after handlers and is none itself.' },
        injects: { ...ref('names'), description: "Types of the framework's own objects; a parameter declared so is no data." },
        converts: record(['argument', 'pattern', 'type'], {
          argument: ref('argument'),
          pattern: { type: 'string', format: 'regex', maxLength: 200 },
          type: ref('name'),
        }),
        segments: {
          ...record(['argument', 'pattern'], { argument: ref('argument'), pattern: { type: 'string', format: 'regex', maxLength: 200 } }),
          description: 'Parameters, group 1 of the pattern, that hold one segment of the path and so no slash.',
        },
        'returns-to': ref('kind'),
        what: ref('sentence'),
      }),
      oneOf: [{ required: ['decorator'] }, { required: ['base'] }, { required: ['call', 'argument'] }],
    },
    callback: {
      ...entry(['call', 'argument'], {
        call: ref('names'),
        argument: ref('argument'),
        receives: {
          type: 'array',
          items: record(['from'], { from: ref('argument'), element: { type: 'boolean' }, rest: { type: 'boolean' } }),
        },
        binds: { type: 'boolean' },
        methods: { type: 'array', items: ref('name'), minItems: 1 },
      }),
      oneOf: [{ required: ['receives'] }, { required: ['methods'] }],
    },
    record: {
      ...entry([], { decorator: ref('names'), base: ref('names'), call: ref('names'), fields: ref('argument') }),
      oneOf: [{ required: ['decorator'] }, { required: ['base'] }, { required: ['call', 'fields'] }],
    },
    act: {
      ...entry(['kind', 'what'], {
        kind: ref('kind'),
        call: ref('names'),
        read: ref('names'),
        base: ref('names'),
        member: { type: 'string', pattern: '^[A-Za-z_][A-Za-z0-9_]*$', description: 'Only where the descending class sets this member.' },
        'any-receiver': { type: 'boolean' },
        argument: ref('argument'),
        when: ref('argumentValues'),
        what: ref('sentence'),
      }),
      oneOf: [{ required: ['call'] }, { required: ['read'] }, { required: ['base'] }],
    },
    alias: entry(['name', 'means'], {
      name: ref('names'), means: ref('name'),
      usual: { const: true, description: 'The name under which it is usually imported; only for code that is reviewed without its imports.' },
    }),
  },
}

function record(required: readonly string[], properties: Record<string, unknown>): Record<string, unknown> {
  return { type: 'object', required, properties, additionalProperties: false }
}

function entry(required: readonly string[], properties: Record<string, unknown>): Record<string, unknown> {
  return record(required, { doc: link('Documentation of this entry.'), ...properties })
}

/** A list of entries, or of groups of entries that share a documentation link. */
function section(name: string): Record<string, unknown> {
  const group = record(['doc', 'entries'], {
    doc: link('Documentation of every entry of the group that names none of its own.'),
    entries: { type: 'array', items: ref(name) },
  })
  return { type: 'array', items: { if: { required: ['entries'] }, then: group, else: ref(name) } }
}

function oneOrMore(item: Record<string, unknown>): Record<string, unknown> {
  return { anyOf: [item, { type: 'array', items: item, minItems: 1, maxItems: 200 }] }
}

function ref(name: string): Record<string, unknown> {
  return { $ref: `#/definitions/${name}` }
}

function link(description: string): Record<string, unknown> {
  return { type: 'string', pattern: '^https?://[^\\s]+$', description }
}
