import { test } from '@japa/runner'
import { BulkClient } from './bulk_client.js'
import { openSimulator, range } from './open_simulator.js'

const header = ['Deal_Name', 'Stage', 'Order_Ref', 'Closing_Date', 'Ordered_At', 'Item_Count']
const row = (number: number) => [
  `Order ${number}`,
  'Qualification',
  `R-${number}`,
  '03/31/2026',
  '03/31/2026 08:00:00',
  '3',
]
const fast = { bulkDelayMs: 0 }

test.group('Zoho simulator: bulk write', () => {
  test('an upsert adds, then updates, and its result names each row', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, fast)
    const bulk = new BulkClient(zoho)
    const first = await bulk.run([header, ...range(250).map(row)])
    assert.equal(String(first.status), 'COMPLETED')
    const { added_count: added, total_count: total } = first.resource[0].file
    assert.deepEqual([Number(added), Number(total)], [250, 250])
    const again = await bulk.run([header, row(1), row(999), ['', 'Qualification', 'R-2']])
    const rows = await bulk.resultRows(String(again.result.download_url))
    assert.deepEqual(rows[0], [...header.slice(0, 3), 'STATUS', 'RECORD_ID', 'ERRORS'])
    assert.deepEqual(rows[1].slice(0, 4), ['Order 1', 'Qualification', 'R-1', 'UPDATED'])
    assert.equal(rows[2][3], 'ADDED')
    assert.match(rows[2][4], /^\d{19}$/)
    assert.deepEqual(rows[3].slice(3), ['SKIPPED', '', 'MANDATORY_NOT_FOUND-Deal_Name'])
    assert.include(zoho.sim.stats().modules.Deals, { records: 251, inserts: 251, updates: 1 })
    assert.equal(zoho.sim.stats().credits.used, 1000)
  })

  test('dates of a cell are read in their format and the user zone', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, fast)
    const bulk = new BulkClient(zoho)
    const mappings = [
      { api_name: 'Order_Ref', index: 2 },
      { api_name: 'Deal_Name', index: 0 },
      { api_name: 'Stage', index: 1 },
      { api_name: 'Closing_Date', index: 3, format: 'yyyy-MM-dd' },
      { api_name: 'Ordered_At', index: 4 },
    ]
    const dated = [...row(1).slice(0, 3), '2026-02-28', '03/31/2026 08:00:00', '3']
    await bulk.run([header, dated, row(2)], { resource: { field_mappings: mappings } })
    const [entry] = zoho.sim.ledger({ records: true })
    assert.equal(entry.record?.Closing_Date, '2026-02-28')
    assert.equal(entry.record?.Ordered_At, '2026-03-31T08:00:00+05:30')
    assert.notProperty(entry.record, 'Item_Count')
    assert.lengthOf(zoho.sim.ledger(), 1, 'row 2 has its date in another format')
  })

  test('insert skips what is there, update skips what is not', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, fast)
    const bulk = new BulkClient(zoho)
    await bulk.run([header, row(1)], { operation: 'insert', findBy: '' })
    const inserted = await bulk.run([header, row(1), row(2)], { operation: 'insert' })
    const first = await bulk.resultRows(String(inserted.result.download_url))
    assert.deepEqual(first[1].slice(3), ['SKIPPED', '', 'DUPLICATE_DATA-Order_Ref'])
    const updated = await bulk.run([header, row(1), row(3)], { operation: 'update' })
    const second = await bulk.resultRows(String(updated.result.download_url))
    assert.equal(second[1][3], 'UPDATED')
    assert.deepEqual(second[2].slice(3), ['SKIPPED', '', 'RESOURCE_NOT_FOUND-Order_Ref'])
  })

  test('an empty cell blanks the field unless ignore_empty is set', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, fast)
    const bulk = new BulkClient(zoho)
    const blank = [...row(1).slice(0, 5), '']
    const count = () => zoho.sim.ledger({ records: true }).at(-1)?.record?.Item_Count
    await bulk.run([header, row(1)])
    await bulk.run([header, blank], { more: { ignore_empty: true } })
    assert.equal(count(), 3)
    await bulk.run([header, blank])
    assert.isNull(count())
  })

  test('a row tells all that is wrong with it', async (context) => {
    const { assert } = context
    const bulk = new BulkClient(await openSimulator(context.cleanup, fast))
    const bad = ['', '', 'R-1', '2026-03-31', 'yesterday', 'many']
    const job = await bulk.run([header, bad])
    const rows = await bulk.resultRows(String(job.result.download_url))
    assert.equal(
      rows[1][5],
      'INVALID_DATA-Closing_Date,Ordered_At,Item_Count:MANDATORY_NOT_FOUND-Deal_Name,Stage'
    )
    assert.equal(Number(job.resource[0].file.skipped_count), 1)
  })

  test('quotes, line breaks and other delimiters are read', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, fast)
    const bulk = new BulkClient(zoho)
    const name = 'He said "no"; then\r\nleft'
    await bulk.run([header, [name, ...row(1).slice(1)]])
    assert.equal(zoho.sim.ledger({ records: true })[0].record?.Deal_Name, name)
  })
})
