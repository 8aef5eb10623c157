import type { ActionInputs, Value } from '#sdk'

export interface Problems {
  [input: string]: string
}

type Rule = (value: NonNullable<Value>, inputs: ActionInputs) => string | null

const API_NAME = /^[A-Za-z][A-Za-z0-9_]*$/
const MOST_RECORDS = 100
const MOST_FIELDS = 50
const MOST_ROWS = 200

/** What the rules say of the inputs that were given. */
export function judge(inputs: ActionInputs, rules: { [input: string]: Rule }): Problems {
  const found = Object.entries(rules).flatMap(([name, rule]) => {
    const value = inputs[name]
    const said = value === null || value === undefined ? null : rule(value, inputs)
    return said === null ? [] : [[name, said]]
  })
  return Object.fromEntries(found)
}

export const moduleName: Rule = (value) =>
  API_NAME.test(String(value))
    ? null
    : `"${String(value)}" is no API name of a module: letters, digits and "_", for example Deals.`

export const recordId: Rule = (value) =>
  /^\d{1,19}$/.test(String(value)) ? null : 'A record id is made of digits only, 19 at most.'

export function namesIn(value: Value): string[] {
  return String(value ?? '')
    .split(/[\s,]+/)
    .filter((name) => name !== '')
}

export const fieldNames: Rule = (value) => {
  const names = namesIn(value)
  const wrong = names.find((name) => !/^[A-Za-z$][\w$.]*$/.test(name))
  if (wrong !== undefined) return `"${wrong}" is no API name of a field.`
  if (names.length === 0) return 'Name at least one field.'
  return names.length <= MOST_FIELDS
    ? null
    : `Zoho reads ${MOST_FIELDS} fields at once, and these are ${names.length}.`
}

export const recordIds: Rule = (value, inputs) => {
  const ids = namesIn(value)
  const wrong = ids.find((id) => recordId(id, inputs) !== null)
  if (wrong !== undefined) return `"${wrong}" is no record id: those are made of digits only.`
  if (ids.length === 0) return 'Name at least one record id.'
  return ids.length <= MOST_RECORDS
    ? null
    : `Zoho takes ${MOST_RECORDS} records at once, and these are ${ids.length}.`
}

function isRecord(value: Value): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** One record, or a list of up to 100. */
export const records: Rule = (value) => {
  const list = Array.isArray(value) ? value : [value]
  const wrong = list.findIndex((record) => !isRecord(record))
  if (wrong !== -1) return `Record ${wrong + 1} is not an object of field names and values.`
  if (list.length === 0) return 'Give at least one record.'
  if (list.length > MOST_RECORDS) {
    return `Zoho takes ${MOST_RECORDS} records at once, and these are ${list.length}.`
  }
  const empty = list.findIndex((record) => Object.keys(Object(record)).length === 0)
  return empty === -1 ? null : `Record ${empty + 1} has no field.`
}

export const recordsWithId: Rule = (value, inputs) => {
  const said = records(value, inputs)
  if (said !== null) return said
  const list = Array.isArray(value) ? value : [value]
  const without = list.findIndex(
    (record) => recordId(String(Reflect.get(Object(record), 'id') ?? ''), inputs) !== null
  )
  return without === -1 ? null : `Record ${without + 1} has no "id" made of digits.`
}

export const perPage: Rule = (value) =>
  Number(value) >= 1 && Number(value) <= MOST_ROWS
    ? null
    : `Zoho sends 1 to ${MOST_ROWS} records per page.`

export const page: Rule = (value) => (Number(value) >= 1 ? null : 'Pages are counted from 1.')

export const instant: Rule = (value) => {
  const text = String(value)
  const isInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text)
  return isInstant && !Number.isNaN(Date.parse(text))
    ? null
    : 'Write a time with its offset, for example 2026-11-20T09:30:00+01:00.'
}
