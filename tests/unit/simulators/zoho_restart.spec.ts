import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { test } from '@japa/runner'
import type { SimulatorOptions } from '#simulators/zoho/options'
import { startZohoSimulator } from '#simulators/zoho/start_zoho_simulator'
import { BulkClient } from './bulk_client.js'
import { BulkReader } from './bulk_reader.js'
import { deal, openSimulator, range } from './open_simulator.js'
import { Receiver } from './receiver.js'

function truthFile(cleanup: (close: () => void) => void) {
  const folder = mkdtempSync(join(tmpdir(), 'zoho-simulator-'))
  cleanup(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'truth.ndjson')
}

test.group('Zoho simulator: restart', () => {
  test('with a truth file the org survives its process', async (context) => {
    const { assert } = context
    const persistFile = truthFile(context.cleanup)
    const first = await openSimulator(context.cleanup, { persistFile })
    const { rows } = await first.deals([deal(1, { Amount: 3 }), deal(2), deal(3)])
    await first.deals([deal(1, { Amount: 4 })])
    await first.delete(`/crm/v8/Deals/${rows[2].details.id}`)
    const told = first.sim.ledger({ records: true })
    const whole = readFileSync(persistFile, 'utf8')
    writeFileSync(persistFile, `${whole}{"seq":6,"cut by a cra`)
    const second = await openSimulator(context.cleanup, { persistFile })
    assert.equal(second.sim.zgid, first.sim.zgid)
    assert.deepEqual(second.sim.ledger({ records: true }), told)
    const again = await second.deals([deal(1, { Amount: 4 }), deal(3)])
    assert.deepEqual(
      again.rows.map(({ action }) => String(action)),
      ['update', 'insert']
    )
    assert.isFalse(second.sim.ledger()[5].changed)
    const ids = second.sim.ledger().map(({ id }) => id)
    assert.equal(ids[6] > ids[2], true, 'a new id follows the old ones')
    const third = await openSimulator(context.cleanup, { persistFile })
    assert.deepEqual(third.sim.ledger(), second.sim.ledger(), 'the cut line left no trace')
    second.sim.reset()
    assert.equal(readFileSync(persistFile, 'utf8'), '')
  })

  test('a truth file of another seed is refused', async (context) => {
    const { assert } = context
    const persistFile = truthFile(context.cleanup)
    const zoho = await openSimulator(context.cleanup, { persistFile, seed: 1 })
    await zoho.deals([deal(1)])
    await assert.rejects(() => startZohoSimulator({ persistFile, seed: 2 }), /another seed/)
  })

  test('a bulk job cut in the middle goes on where it was', async (context) => {
    const { assert } = context
    const persistFile = truthFile(context.cleanup)
    const options: Partial<SimulatorOptions> = { persistFile, bulkDelayMs: 0, bulkSliceRows: 7 }
    const first = await startZohoSimulator(options)
    const before = await openSimulator(() => undefined, options, first)
    const bulk = new BulkClient(before)
    const rows = range(2000).map((number) => Object.values(deal(number)))
    const fileId = await bulk.fileId([['Deal_Name', 'Stage', 'Order_Ref'], ...rows])
    const { body } = await bulk.create(fileId)
    while (first.ledger().length === 0) await nextTurn()
    await first.close()
    const done = first.ledger().length
    assert.isTrue(done > 0 && done < 2000, `${done} rows were written before the cut`)
    const after = await openSimulator(context.cleanup, options)
    const later = new BulkClient(after)
    const job = await later.finish(String(body.details.id))
    assert.equal(Number(job.resource[0].file.added_count), 2000)
    const [, ...results] = await later.resultRows(String(job.result.download_url))
    const ids = after.sim.ledger().map(({ id }) => id)
    assert.deepEqual(
      results.map(([, , , status, id]) => `${status} ${id}`),
      ids.map((id) => `ADDED ${id}`)
    )
    assert.lengthOf(ids, 2000)
  })

  test('a bulk read goes on and shows what it saw when it started', async (context) => {
    const { assert } = context
    const persistFile = truthFile(context.cleanup)
    const options = { persistFile, bulkReadDelayMs: 0, bulkReadQueueMs: 0, bulkReadRunMs: 5_000 }
    const first = await startZohoSimulator(options)
    const before = await openSimulator(() => undefined, options, first)
    await before.deals([deal(1), deal(2)])
    const reader = new BulkReader(before)
    const created = await reader.deals({ fields: ['Order_Ref', 'Deal_Name'] })
    const id = String(created.rows[0].details.id)
    while ((await reader.state(id)) !== 'IN PROGRESS') await nextTurn()
    await before.deals([deal(2, { Deal_Name: 'Later' }), deal(3)])
    await first.close()
    const after = await openSimulator(context.cleanup, { ...options, bulkReadRunMs: 0 })
    const later = new BulkReader(after)
    const rows = await later.rows(await later.finish(created))
    assert.deepEqual(
      rows.slice(1).map(([, ref, name]) => `${ref} ${name}`),
      ['R-1 Order 1', 'R-2 Order 2']
    )
  })

  test('channels, files and authors survive the process', async (context) => {
    const { assert } = context
    const persistFile = truthFile(context.cleanup)
    const first = await openSimulator(context.cleanup, { persistFile })
    const receiver = await Receiver.open(context.cleanup)
    const entry = { channel_id: '7', events: ['Deals.create'], notify_url: receiver.url }
    await first.post('/crm/v8/actions/watch', { watch: [entry, { ...entry, channel_id: '8' }] })
    await first.delete('/crm/v8/actions/watch?channel_ids=8')
    const body = new FormData()
    body.set('file', new Blob(['two cups']), 'tea.txt')
    const { rows } = await first.send('POST', '/crm/v8/files', { body })
    const [{ details }] = first.sim.edit({
      module: 'Deals',
      operation: 'create',
      records: [deal(1)],
    })
    const second = await openSimulator(context.cleanup, { persistFile })
    const headers = { authorization: `Zoho-oauthtoken ${second.token}` }
    const file = await fetch(`${second.url}/crm/v8/files?id=${String(rows[0].details.id)}`, {
      headers,
    })
    assert.equal(await file.text(), 'two cups')
    const made = await second.get(`/crm/v8/Deals/${String(details.id)}`)
    assert.notEqual(made.rows[0].Created_By.name, 'Sim Admin')
    await receiver.wait(1)
    receiver.posted.length = 0
    await second.deals([deal(2)])
    const [told] = await receiver.wait(1)
    assert.deepEqual([told.channel_id, told.operation], ['7', 'insert'])
    assert.lengthOf(second.sim.notifications().channels, 1)
  })
})
