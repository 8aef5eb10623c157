import { ConnectorError, type Context, type Field, type FieldType } from '#sdk'

export interface NamedStream {
  name: string
  key: string[]
  fields: Field[]
}

const TYPES: FieldType[] = [
  ...(['text', 'integer', 'decimal', 'boolean', 'date', 'datetime'] as const),
  ...(['email', 'phone', 'url', 'json'] as const),
]
const STREAM = /^([A-Za-z][\w.-]*)\s*\(([^()]*)\)$/
const FIELD = /^([A-Za-z_][\w.-]*)(\*?)(?:\s*:\s*([a-z]+))?$/

/** What the setting says there is. Throws `config` with the part that cannot be read. */
export function parseStreams(ctx: Context): NamedStream[] {
  const parts = String(ctx.settings.streams ?? '')
    .split(/[;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const streams = parts.map(parseStream)
  const names = streams.map(({ name }) => name)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) throw wrong(`The list "${twice}" is named twice.`)
  if (streams.length === 0) throw wrong('Name at least one list with its fields.')
  return streams
}

function parseStream(text: string): NamedStream {
  const [, name, inside] = STREAM.exec(text) ?? []
  if (name === undefined || inside === undefined) {
    throw wrong(`"${text}" is no list: write its name and its fields, such as leads(email*, name).`)
  }
  const parsed = inside.split(',').map((part) => parseField(part.trim(), name))
  const key = parsed.filter(({ isKey }) => isKey).map(({ field }) => field.name)
  if (key.length === 0) {
    throw wrong(`"${name}" needs a star at the field that identifies a record, such as email*.`)
  }
  const fields = parsed.map(({ field, isKey }): Field => {
    if (!isKey) return { ...field, nullable: true }
    return { ...field, mandatory: true, ...(key.length === 1 ? { unique: true } : {}) }
  })
  const names = fields.map((field) => field.name)
  const twice = names.find((one, at) => names.indexOf(one) !== at)
  if (twice !== undefined) throw wrong(`"${name}" has the field "${twice}" twice.`)
  return { name, key, fields }
}

function parseField(text: string, stream: string): { field: Field; isKey: boolean } {
  const [, name, star, type = 'text'] = FIELD.exec(text) ?? []
  if (name === undefined) throw wrong(`"${text}" in "${stream}" is no name of a field.`)
  const isKey = star === '*'
  if (type === 'number') return { field: { name, type: 'decimal', asNumber: true }, isKey }
  const known = TYPES.find((each) => each === type)
  if (known === undefined) {
    throw wrong(
      `"${type}" of "${name}" in "${stream}" is no type; there are: ${TYPES.join(', ')}, number.`
    )
  }
  return { field: { name, type: known }, isKey }
}

function wrong(message: string): ConnectorError {
  return new ConnectorError('config', message)
}
