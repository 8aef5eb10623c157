import fc from 'fast-check'
import { test } from '@japa/runner'
import { fulfils } from '#engine/filter'
import type { Filter, RecordValues, Value } from '#sdk'
import { countRecords } from '../../../../plugins/connectors/zoho_crm/read/count_records.js'
import { openOrg } from './open_org.js'
import { asked, dealsOf, idsIn, otherUser, readWhole } from './read_kit.js'

const TEXTS = [
  "O'Brien",
  "o'brien",
  'a\\b',
  "\\'",
  '50%',
  'a"b',
  'x, y',
  'ümlaut 😀',
  ' spaced',
  '(a)',
]
const FIELDS = ['Deal_Name', 'Order_Ref', 'Shipping_City', 'Item_Count', 'Is_Gift', 'Amount', 'id']

const rows = TEXTS.flatMap((text, at): RecordValues[] => [
  { Deal_Name: text, Shipping_City: text, Item_Count: at, Is_Gift: at % 2 === 0, Amount: at * 1.5 },
  {
    Deal_Name: text.toUpperCase(),
    Order_Ref: `${at}${text}`,
    ...(at % 3 ? { Item_Count: -at } : {}),
  },
]).map((row) => ({ ...row, Stage: 'Qualification' }))

const text = fc.oneof(fc.constantFrom(...TEXTS), fc.string({ maxLength: 8 }))
const integer = fc.integer({ min: -12, max: 12 })
const anything: fc.Arbitrary<Value> = fc.oneof(text, integer, fc.boolean(), fc.constant(null))
const fitting: { [field: string]: fc.Arbitrary<Value> } = {
  Item_Count: integer,
  Is_Gift: fc.boolean(),
}
const one: fc.Arbitrary<Filter> = fc
  .constantFrom(...FIELDS)
  .chain((field): fc.Arbitrary<Filter> => {
    const own = fitting[field] ?? text
    const value = fc.oneof({ arbitrary: own, weight: 4 }, { arbitrary: anything, weight: 1 })
    const op = fc.constantFrom(...(['=', '!=', '<', '<=', '>', '>='] as const))
    return fc.oneof(
      { arbitrary: fc.record({ field: fc.constant(field), op, value }), weight: 3 },
      {
        arbitrary: fc.record({
          field: fc.constant(field),
          op: fc.constant('in' as const),
          values: fc.array(value, { maxLength: 4 }),
        }),
        weight: 1,
      }
    )
  })
const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { arbitrary: one, weight: 3 },
    { arbitrary: fc.record({ all: fc.array(tie('filter'), { maxLength: 4 }) }), weight: 1 },
    { arbitrary: fc.record({ any: fc.array(tie('filter'), { maxLength: 4 }) }), weight: 1 }
  ),
}))

test.group('zoho_crm filters', () => {
  test('every filter is kept to the letter by query and by job', async ({ assert, cleanup }) => {
    const { ctx, meter, sim } = await openOrg(cleanup, { bulkReadDelayMs: 0, bulkReadQueueMs: 0 })
    const user = await otherUser(sim)
    await user.insert(rows)
    const stream = await dealsOf(ctx)
    const all = await readWhole(ctx, stream, 'coql', asked({ fields: FIELDS }))
    assert.lengthOf(all.records, rows.length)
    const check = async (name: string, wanted: Filter) => {
      const query = asked({ fields: [], filter: wanted })
      const expected = all.records.filter((record) => fulfils(record, wanted))
      const read = await readWhole(ctx, stream, name, query)
      assert.deepEqual(idsIn(read), idsIn({ records: expected }), JSON.stringify(wanted))
      const before = meter.credits
      const counted = await countRecords(ctx, stream, query)
      assert.isAtLeast(counted ?? 0, expected.length)
      assert.isAtMost(meter.credits - before, 1)
    }
    await fc.assert(
      fc.asyncProperty(filter, (wanted) => check('coql', wanted)),
      { numRuns: 300 }
    )
    const jobs = fc.asyncProperty(one, (wanted) => check('bulk_read', wanted))
    await fc.assert(jobs, { numRuns: 8 })
  })
})
