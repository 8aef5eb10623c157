import { test } from '@japa/runner'
import type { Field, MappingRow, ServiceDefinition, Value } from '#sdk'
import { LossyCount } from '#engine/lossy_count'
import type { Loss } from '#engine/lossy_count'
import { reportLosses } from '#engine/lossy_report'
import { definition, makeInput, orders, stream } from './support/make_input.js'
import { MemoryLedger } from './support/memory_ledger.js'
import { memorySource } from './support/memory_source.js'
import { MemoryTarget } from './support/memory_target.js'

const SOURCE = stream('orders', [
  { name: 'id', type: 'integer' },
  { name: 'value', type: 'text' },
])

type Expected = Pick<Loss, 'kind' | 'isRejected'> & { after: string | null }

function lossOf(field: Omit<Field, 'name'>, value: Value, row: Partial<MappingRow> = {}) {
  const target = stream('Deals', [{ name: 'To', ...field }])
  const mapping = [{ to: 'To', from: 'value', ...row }]
  const service: ServiceDefinition = { ...definition('insert'), mapping }
  const count = new LossyCount(service, SOURCE, target)
  count.add({ id: 7, value })
  const [{ losses }] = count.rows
  return losses.map(({ kind, isRejected, count: found, examples }) => ({
    ...{ kind, isRejected, found },
    after: examples[0].after,
  }))
}

const rejected = (kind: Loss['kind']): Expected => ({ kind, isRejected: true, after: null })
const silent = (kind: Loss['kind'], after: string): Expected => ({ kind, isRejected: false, after })

const CASES: Array<[Omit<Field, 'name'>, Value, Partial<MappingRow>, Expected | null]> = [
  [{ type: 'text', maxLength: 3 }, 'abcd', {}, rejected('too_long')],
  [{ type: 'text', maxLength: 3 }, ' abc ', { clean: ['trim'] }, null],
  [{ type: 'text', maxLength: 3 }, null, {}, null],
  [{ type: 'decimal', maxScale: 2 }, '1.234', {}, rejected('rounded')],
  [{ type: 'decimal', maxScale: 2 }, '1.230', {}, null],
  [{ type: 'integer' }, '1.5', {}, rejected('rounded')],
  [{ type: 'integer' }, 'many', {}, rejected('unreadable')],
  [{ type: 'integer' }, '12', {}, null],
  [{ type: 'decimal', asNumber: true }, '1234567890123456.1', {}, rejected('rounded')],
  [{ type: 'picklist', values: ['a'], closed: true }, 'b', {}, rejected('not_in_list')],
  [{ type: 'picklist', values: ['a'], closed: true }, 'b', { table: { b: 'a' } }, null],
  [{ type: 'picklist', values: ['a'] }, 'b', {}, null],
  [{ type: 'date' }, '2026-11-21T09:30:00Z', {}, silent('time_lost', '2026-11-21')],
  [{ type: 'date' }, '2026-11-21', {}, null],
  [
    { type: 'datetime' },
    '2026-11-21T09:30:00+02:00',
    {},
    silent('zone_lost', '2026-11-21T07:30:00Z'),
  ],
  [{ type: 'datetime' }, '2026-11-21 09:30:00', {}, silent('zone_assumed', '2026-11-21T09:30:00Z')],
  [{ type: 'datetime' }, '2026-11-21 09:30:00', { timezone: 'Europe/Berlin' }, null],
  [
    { type: 'datetime' },
    '2026-11-21T09:30:00.123456Z',
    {},
    silent('rounded', '2026-11-21T09:30:00.123Z'),
  ],
  [{ type: 'datetime' }, '2026-11-21T09:30:00.120000Z', {}, null],
  [{ type: 'datetime' }, 'soon', {}, rejected('unreadable')],
  [{ type: 'boolean' }, 'yes', {}, null],
]

test.group('the report of lossy conversions', () => {
  for (const [field, value, row, expected] of CASES) {
    const said = `${JSON.stringify(field)} of ${JSON.stringify(value)} ${JSON.stringify(row)}`
    test(`${said}: ${expected?.kind ?? 'nothing'}`, ({ assert }) => {
      const losses = expected === null ? [] : [{ ...expected, found: 1 }]
      assert.deepEqual(lossOf(field, value, row), losses)
    })
  }

  test('counts each row, keeps the first examples, and stops where it is told', async ({
    assert,
  }) => {
    const records = orders(2_500).map((order, index) => ({
      ...order,
      name: index % 5 === 0 ? 'x'.repeat(81) : order.name,
    }))
    const routes = [new MemoryTarget('Ref').callRoute(['upsert'], ['upsert'])]
    const parts = { source: memorySource(records), routes, ledger: new MemoryLedger() }
    const sample = await reportLosses(makeInput(parts), { most: 1_000 })
    assert.deepInclude(sample, { records: 1_000, isWhole: false })
    assert.deepEqual(sample.rows[0], { to: 'Ref', values: 1_000, losses: [] })
    const [{ count, examples }] = sample.rows[1].losses
    assert.equal(count, 200)
    assert.deepEqual(
      examples.map(({ key }) => key),
      ['1', '6', '11']
    )
    const whole = await reportLosses(makeInput(parts), { most: 100_000 })
    assert.deepInclude(whole, { records: 2_500, isWhole: true })
  })
})
