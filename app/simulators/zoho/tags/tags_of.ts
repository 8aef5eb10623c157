import { crc32 } from 'node:zlib'
import { idNumbers } from '../metadata/id_numbers.js'
import type { SimulatedOrg } from '../simulated_org.js'
import type { StoredRecord } from '../store/stored_record.js'

/** The field of every module that holds them; a list shows it where it is asked for. */
export const TAG = 'Tag'

/** The names of a record's tags. */
export function tagsOf({ values }: StoredRecord): string[] {
  const tags = values[TAG]
  return Array.isArray(tags) ? tags.map(String) : []
}

const TAGS = 90_000_000

/** A tag's id: one per module and name. */
export function tagId(org: SimulatedOrg, module: string, name: string): string {
  return org.ids.fixed(idNumbers.tags + (crc32(`${module} ${name}`) % TAGS))
}

export function renderTags(org: SimulatedOrg, module: string, record: StoredRecord) {
  return tagsOf(record).map((name) => ({ name, id: tagId(org, module, name), color_code: null }))
}
