import { test } from '@japa/runner'
import { snapshotCsv } from '#simulators/zoho/bulk/snapshot_csv'
import { takeSnapshot } from '#simulators/zoho/bulk/take_snapshot'
import { resolveOptions } from '#simulators/zoho/options'
import { SimulatedOrg } from '#simulators/zoho/simulated_org'
import type { WriteContext } from '#simulators/zoho/store/record_store'
import { range } from './open_simulator.js'

function openOrg() {
  const org = new SimulatedOrg('http://127.0.0.1', resolveOptions({}))
  const table = org.store.tables.get('Deals')
  if (!table) throw new Error('No deals')
  const context: WriteContext = { at: 0, via: 'rest', trigger: [], match: null, searchLagMs: 0 }
  return { org, table, context }
}

test.group('Zoho simulator: snapshot', () => {
  test('writes while the file is made do not reach it', ({ assert }) => {
    const { org, table, context } = openOrg()
    const names = range(3).map((number) => `Order ${number}`)
    const records = names.map((name) => org.store.insert(table, { Deal_Name: name }, context))
    const query = { module: 'Deals', fields: ['Deal_Name'], criteria: null, cvid: null }
    const taken = {
      job: 'read taken' as const,
      id: '1',
      query: { ...query, page: 1, after: null },
      callback: null,
      createdAt: 0,
      by: org.user.id,
      mustFail: false,
    }
    const snapshot = takeSnapshot(org, taken, org.store.ledger.entries.length)
    org.store.update(table, records[0], { Deal_Name: 'Later' }, context)
    org.store.remove(table, records[1], context)
    org.store.insert(table, { Deal_Name: 'New' }, context)
    const lines = [...snapshotCsv(org, snapshot)].join('').trim().split('\n')
    assert.deepEqual(
      lines.slice(1).map((line) => line.split(',')[1]),
      names
    )
  })
})
