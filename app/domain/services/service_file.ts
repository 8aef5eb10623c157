import vine, { errors } from '@vinejs/vine'
import { IANAZone } from 'luxon'
import { isObject, parseYaml } from '#domain/connections/connection_file'
import { Refusal } from '#domain/refusal'
import { mappingProblems, withMapping } from '#domain/services/mapping_problems'
import { scheduleProblems } from '#domain/services/schedule_problems'
import type { ServiceDefinition } from '#sdk'

const scalar = vine.any()
const zone = vine.string().use(
  vine.createRule((value, _options, field) => {
    if (typeof value === 'string' && !IANAZone.isValidZone(value)) {
      field.report(`"${value}" is not an IANA time zone, for example Europe/Berlin`, 'zone', field)
    }
  })()
)
const brake = vine
  .object({
    percent: vine.number().min(0).max(100).optional(),
    records: vine.number().min(0).withoutDecimals().optional(),
  })
  .optional()
const conversions = [
  'text',
  'integer',
  'decimal',
  'boolean',
  'date',
  'datetime',
  'picklist',
  'lookup',
] as const

const cleanings = ['trim', 'collapse', 'lower', 'upper', 'capitalize', 'digits'] as const

const shape = vine.create(
  vine.object({
    name: vine.string().regex(/^[a-z][a-z0-9_-]{0,62}$/),
    kind: vine.enum(['import', 'export'] as const),
    source: vine.object({
      connection: vine.string(),
      stream: vine.string(),
      filter: vine.string().optional(),
      view: vine.string().optional(),
      route: vine.string().optional(),
      live: vine.boolean().optional(),
      duplicates: vine.enum(['reject', 'first', 'last'] as const).optional(),
      flag: vine
        .object({ field: vine.string(), set: scalar.optional(), unset: scalar.optional() })
        .optional(),
    }),
    target: vine.object({
      connection: vine.string(),
      stream: vine.string(),
      operation: vine.enum(['insert', 'update', 'upsert', 'delete'] as const),
      match: vine.union([
        vine.union.if(
          (value) => vine.helpers.isObject(value) && value.by === 'id',
          vine.object({ by: vine.literal('id'), column: vine.string().optional() })
        ),
        vine.union.if(
          (value) => vine.helpers.isObject(value) && value.by === 'search',
          vine.object({
            by: vine.literal('search'),
            any: vine
              .array(vine.array(vine.string()).minLength(1).maxLength(5))
              .minLength(1)
              .maxLength(5),
            normalised: vine.boolean().optional(),
            none: vine.enum(['create', 'skip'] as const).optional(),
            one: vine.enum(['update', 'skip'] as const).optional(),
            many: vine.enum(['ask', 'skip', 'oldest', 'newest'] as const).optional(),
            created: vine.string().optional(),
          })
        ),
        vine.union.else(
          vine.object({
            by: vine.literal('fields'),
            fields: vine.array(vine.string()).minLength(1),
          })
        ),
      ]),
      route: vine.string().optional(),
      options: vine.record(scalar).optional(),
    }),
    mapping: vine.array(
      vine.object({
        to: vine.string(),
        from: vine.string().optional(),
        formula: vine.string().optional(),
        value: scalar.optional(),
        when: vine
          .array(
            vine.object({
              if: vine.string(),
              value: scalar.optional(),
              formula: vine.string().optional(),
              from: vine.string().optional(),
            })
          )
          .minLength(1)
          .optional(),
        default: scalar.optional(),
        as: vine.enum(conversions).optional(),
        by: vine.string().optional(),
        timezone: zone.clone().optional(),
        table: vine.record(scalar).optional(),
        id: vine.string().maxLength(63).optional(),
        clean: vine.array(vine.enum(cleanings)).optional(),
        check: vine
          .object({
            required: vine.boolean().optional(),
            min: vine.number().optional(),
            max: vine.number().optional(),
            minLength: vine.number().min(0).withoutDecimals().optional(),
            maxLength: vine.number().min(1).withoutDecimals().optional(),
            format: vine.enum(['email', 'phone', 'url'] as const).optional(),
            pattern: vine.string().maxLength(500).optional(),
          })
          .optional(),
        private: vine.boolean().optional(),
      })
    ),
    incremental: vine
      .object({
        by: vine.enum(['created', 'modified'] as const),
        column: vine.string(),
        overlap: vine.number().min(0).optional(),
      })
      .optional(),
    schedule: scalar.optional(),
    trigger: vine
      .object({
        changes: vine
          .array(vine.enum(['created', 'updated', 'deleted'] as const))
          .minLength(1)
          .optional(),
        after: vine.number().min(1).max(1440).withoutDecimals().optional(),
        atRecords: vine.number().min(1).max(1000).withoutDecimals().optional(),
        fields: vine.array(vine.string()).minLength(1).maxLength(10).optional(),
      })
      .optional(),
    brakes: vine.object({ changes: brake.clone(), rejects: brake.clone() }).optional(),
  })
)

const KNOWN: { [part: string]: string[] } = {
  '': [
    ...['name', 'kind', 'source', 'target', 'mapping', 'incremental', 'schedule', 'trigger'],
    ...['brakes'],
  ],
  'source': ['connection', 'stream', 'filter', 'view', 'route', 'live', 'duplicates', 'flag'],
  'source.flag': ['field', 'set', 'unset'],
  'target': ['connection', 'stream', 'operation', 'match', 'route', 'options'],
  'target.match': [
    ...['by', 'fields', 'column', 'any', 'normalised', 'none', 'one', 'many', 'created'],
  ],
  'incremental': ['by', 'column', 'overlap'],
  'trigger': ['changes', 'after', 'atRecords', 'fields'],
  'brakes': ['changes', 'rejects'],
  'brakes.changes': ['percent', 'records'],
  'brakes.rejects': ['percent', 'records'],
}
const ROW = [
  ...['id', 'to', 'from', 'formula', 'value', 'when', 'default', 'as', 'by', 'timezone', 'table'],
  ...['clean', 'check', 'private'],
]

export function parseServiceFile(text: string, fileName: string): Promise<ServiceDefinition> {
  return parseService(parseYaml(text, fileName), fileName)
}

/** Turns any plain data into a definition, or says all that is wrong with it. */
export async function parseService(content: unknown, fileName: string): Promise<ServiceDefinition> {
  const schedule = isObject(content) ? content.schedule : undefined
  const problems = [...unknownParts(content), ...scheduleProblems(schedule)]
  try {
    const definition = await shape.validate(withMapping(content))
    problems.push(...mappingProblems(definition))
    if (problems.length === 0) return definition
  } catch (error) {
    if (!(error instanceof errors.E_VALIDATION_ERROR)) throw error
    for (const { field, message } of error.messages) problems.push(`${field}: ${message}`)
  }
  throw new Refusal(`${fileName} is not a service:`, problems)
}

function unknownParts(content: unknown): string[] {
  const problems: string[] = []
  for (const [part, known] of Object.entries(KNOWN)) {
    const value = part
      .split('.')
      .reduce<unknown>(
        (parent, name) => (name === '' ? parent : isObject(parent) ? parent[name] : undefined),
        content
      )
    problems.push(...unknownKeys(part, value, known))
  }
  const rows = isObject(content) && Array.isArray(content.mapping) ? content.mapping : []
  rows.forEach((row, index) => problems.push(...unknownKeys(`mapping[${index}]`, row, ROW)))
  return problems
}

function unknownKeys(part: string, value: unknown, known: string[]): string[] {
  if (!isObject(value)) return []
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .map(
      (key) =>
        `${part === '' ? '' : `${part}.`}${key} is not known here; known are: ${known.join(', ')}`
    )
}
