import type { NewTable } from '#domain/services/new_table'
import type { Field, MappingRow, NewStream, StreamDescription } from '#sdk'

/** Short enough for any database, with room for a number. */
const LONGEST = 60

/** A table that would take a stream's records, with names that no database needs quotes for. */
export function proposeTable(source: StreamDescription, taken: string[]): NewTable {
  const names = new Set<string>()
  // What is read through a lookup belongs to the other record's table.
  const own = source.fields.filter((field) => !field.name.includes('.'))
  const columns = own.map((field) => {
    const name = freeName(safeName(field.name, 'field'), names)
    names.add(name)
    return { from: field.name, name, isKey: source.key.includes(field.name) }
  })
  const known = new Set(taken.map((name) => name.toLowerCase()))
  return { name: freeName(safeName(source.name, 'table'), known), columns }
}

/** What the target's connector is asked for: only keys must be filled, whatever the source demands. */
export function newStreamOf(source: StreamDescription, table: NewTable): NewStream {
  return {
    name: table.name.trim(),
    key: table.columns.filter(({ isKey }) => isKey).map(({ name }) => name.trim()),
    fields: table.columns.flatMap(({ from, name }): Field[] => {
      const field = source.fields.find((each) => each.name === from)
      if (field === undefined) return []
      const { type, maxLength, maxDigits, maxScale, values, label = from } = field
      return [{ name: name.trim(), label, type, maxLength, maxDigits, maxScale, values }]
    }),
  }
}

/** Each column from the field that it was made for. Of a lookup, the other record's id. */
export function rowsOfTable(source: StreamDescription, { columns }: NewTable): MappingRow[] {
  return columns.flatMap(({ from, name }): MappingRow[] => {
    const field = source.fields.find((each) => each.name === from)
    if (field === undefined) return []
    const to = name.trim()
    return [field.type === 'lookup' ? { to, from, as: 'lookup' } : { to, from }]
  })
}

function safeName(name: string, word: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, LONGEST)
  return /^[a-z]/.test(plain) ? plain : `${word}_${plain}`.replace(/_$/, '')
}

function freeName(name: string, taken: Set<string>): string {
  for (let number = 1; ; number += 1) {
    const free = number === 1 ? name : `${name.slice(0, LONGEST - 4)}_${number}`
    if (!taken.has(free)) return free
  }
}
