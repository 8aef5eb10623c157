import { test } from '@japa/runner'
import type { Connector, StreamDescription } from '#sdk'
import { readValues } from '#workers/read_values'
import { contractContext } from '#tests/support/contract_context'

const ROWS = 2_500
const stream: StreamDescription = {
  ...{ name: 's', title: 'S', key: ['id'], readable: true, writable: false },
  ...{ cursors: [], pushdown: [] },
  fields: [
    { name: 'id', type: 'integer' },
    { name: 'status', type: 'text' },
  ],
}

/** Every tenth row holds nothing, the last one something that no other does. */
const statusOf = (id: number) =>
  id === ROWS ? 'refunded' : id % 10 === 0 ? '' : `s${Math.min(id % 4, 2)}`

function openTable() {
  const connector: Connector = {
    title: 'A table',
    settings: [],
    auth: { type: 'none' },
    check: async () => ({ ok: true, message: 'There' }),
    discover: {
      list: async () => [],
      describe: async () => stream,
      read: async function* (_ctx, _stream, { pageSize }) {
        for (let from = 1; from <= ROWS; from += pageSize) {
          const size = Math.min(pageSize, ROWS - from + 1)
          const records = Array.from({ length: size }, (_, at) => ({
            id: from + at,
            status: statusOf(from + at),
          }))
          yield { records, cursor: from + size }
        }
      },
    },
  }
  const ctx = contractContext({ settings: {}, secrets: {} }, { folder: '', authorize: null })
  return { connector, ctx, close: () => Promise.resolve() }
}

const found = (most: number, within = 60_000) =>
  readValues(openTable(), { stream, field: 'status', most, within })

test.group('The values of a field', () => {
  test('are those of all records, the most frequent first', async ({ assert }) => {
    const { values, records, isWhole } = await found(ROWS)
    assert.deepEqual([records, isWhole], [ROWS, true])
    assert.deepEqual(
      values.map(({ value }) => value),
      ['s2', 's1', 's0', 'refunded']
    )
    const sum = values.reduce((all, { count }) => all + count, 0)
    assert.equal(sum, ROWS - ROWS / 10 + 1)
  })

  test('are of so many records, or of those that came in time, and say so', async ({ assert }) => {
    const { values, records, isWhole } = await found(2_000)
    assert.deepEqual([records, isWhole], [2_000, false])
    assert.notInclude(JSON.stringify(values), 'refunded')
    assert.deepInclude(await found(ROWS, -1), { values: [], records: 0, isWhole: false })
  })
})
