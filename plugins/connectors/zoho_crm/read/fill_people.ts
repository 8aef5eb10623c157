import type { RecordValues, StreamDescription } from '#sdk'
import { joinsOf } from './join_of.js'
import type { People } from './people.js'

/** Adds to records what they ask of users, and takes the columns away that only served for it. */
export function fillPeople(stream: StreamDescription, names: string[], people: People) {
  const joins = joinsOf(stream, names).filter(({ kind }) => kind === 'person')
  const isServing = new Set(joins.map(({ base }) => base).filter((base) => !names.includes(base)))
  return (records: RecordValues[]): RecordValues[] => {
    if (joins.length === 0) return records
    for (const record of records) {
      for (const { name, base, far } of joins) {
        const { id } = Object(record[base])
        record[name] = people.get(String(id))?.[far === 'email' ? 'email' : 'name'] ?? null
      }
      for (const base of isServing) delete record[base]
    }
    return records
  }
}
