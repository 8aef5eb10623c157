import assert from 'node:assert/strict'
import type { Field, Held, RecordValues, Search, Value } from '#sdk'
import { valueForm } from '#engine/value_form'
import { concernsWriters, type Clause, type Subject, type WritingStage } from '../stage.js'
import { batchOf, newContext, routesOf, type Reached } from '../reach.js'

export const searchesClause: Clause = {
  number: 'C24',
  title: 'a search finds all that are alike, whatever capitals they are written in',
  concerns: concernsWriters,
  async verify(subject) {
    for (const writing of subject.stage.writing) {
      const { reached } = await routesOf(subject, writing)
      const { search } = reached.access
      if (!search || writing.operation === 'delete') continue
      const written = await write(subject, writing)
      if (written === null) continue
      for (const fields of groupsOf(reached, search, written.records)) {
        await trySearching({ subject, reached, search, fields }, written)
      }
    }
  },
}

interface Written {
  records: RecordValues[]
  ids: string[]
}

async function write(subject: Subject, writing: WritingStage): Promise<Written | null> {
  const { reached, routes } = await routesOf(subject, writing)
  const route = routes.find(({ kind }) => kind === 'call')
  if (route?.kind !== 'call') return null
  const records = writing.records(Math.min(3, route.maxRecords))
  const batch = batchOf(writing, reached.stream, records)
  const outcomes = await route.send(newContext(subject), batch)
  const ids = outcomes.map((outcome) => ('id' in outcome ? outcome.id : ''))
  assert.ok(!ids.includes(''), 'sound records are written')
  return { records, ids }
}

/** Each field that can be searched by, and all of them together. */
function groupsOf({ stream }: Reached, search: Search, records: RecordValues[]): Field[][] {
  const filled = stream.fields.filter(({ name }) =>
    records.every((record) => isPlain(record[name]))
  )
  const single = filled
    .filter((field) => search.refuses(stream, [field]) === null)
    .map((field) => [field])
  const whole = single.flat()
  return whole.length > 1 && search.refuses(stream, whole) === null ? [...single, whole] : single
}

function isPlain(value: Value | undefined): boolean {
  return (typeof value === 'string' && value !== '') || typeof value === 'number'
}

interface Given {
  subject: Subject
  reached: Reached
  search: Search
  fields: Field[]
}

async function trySearching(
  { subject, reached: { stream }, search, fields }: Given,
  { records, ids }: Written
): Promise<void> {
  const names = fields.map(({ name }) => name)
  const only = (record: RecordValues, change: (value: Value, field: Field) => Value) =>
    Object.fromEntries(fields.map((field) => [field.name, change(record[field.name], field)]))
  const find = (asked: RecordValues[]): Promise<Held[]> =>
    search.find(newContext(subject), { stream, fields: names, records: asked, wanted: names })
  const isAlike = (held: Held, asked: RecordValues) =>
    fields.every(
      ({ name, type }) => valueForm(held.values[name], type) === valueForm(asked[name], type)
    )

  const capitals = records.map((record) =>
    only(record, (value, { type }) =>
      type === 'text' || type === 'email' ? String(value).toUpperCase() : value
    )
  )
  for (const asked of [records.map((record) => only(record, (value) => value)), capitals]) {
    const found = await find(asked)
    for (const [index, id] of ids.entries()) {
      const own = found.filter((held) => held.id === id)
      const sought = `${names.join(' and ')} ${JSON.stringify(asked[index])}`
      assert.ok(own.length > 0, `${stream.name}: ${sought} is found`)
      assert.ok(
        own.every((held) => isAlike(held, asked[index])),
        `${sought} has its values`
      )
    }
  }
}
