import type { Context, Field, Found, WriteBatch } from '#sdk'
import { comparison, isQueryable } from './comparable.js'
import { queryIn } from './query_in.js'

const ROWS = 200

interface Search {
  found: Map<number, string>
  /** Further records with the value, where one of them is to be deleted. */
  others: Found[]
  certain: boolean
}

async function findByField(ctx: Context, batch: WriteBatch, field: Field, search: Search) {
  const wanted = [...batch.records.keys()].filter((index) => !search.found.has(index))
  const keys = new Map(
    wanted.map((index) => [index, comparison(field, batch.records[index][field.name])])
  )
  const asked = wanted.filter((index) => keys.get(index) !== null)
  const values = asked.map((index) => batch.records[index][field.name])
  const { rows, isWhole } = await queryIn(ctx, batch.stream, field, values, [], ROWS)
  const ids = new Map(rows.map((row) => [comparison(field, row[field.name]), row.id]))
  for (const index of asked) {
    const key = keys.get(index) ?? null
    const id = ids.get(key)
    if (id === undefined) continue
    search.found.set(index, id)
    if (batch.operation !== 'delete') continue
    const twins = rows.filter((row) => row.id !== id && comparison(field, row[field.name]) === key)
    search.others.push(...twins.map((row) => ({ index, id: row.id })))
  }
  if (!isWhole) search.certain = false
  return new Set(asked)
}

/** By match fields in their order, as Zoho itself looks for duplicates. COQL has no index lag. */
export async function findByFields(
  ctx: Context,
  batch: WriteBatch,
  names: string[]
): Promise<{ found: Found[]; certain: boolean }> {
  const search: Search = { found: new Map(), others: [], certain: true }
  const asked = new Set<number>()
  for (const name of names) {
    const field = batch.stream.fields.find((each) => each.name === name)
    if (field && isQueryable(field)) {
      for (const index of await findByField(ctx, batch, field, search)) asked.add(index)
    } else search.certain = false
  }
  const isEveryoneAsked = asked.size === batch.records.length
  return {
    found: [...search.found].map(([index, id]) => ({ index, id })).concat(search.others),
    certain: search.certain && isEveryoneAsked,
  }
}
