import { test } from '@japa/runner'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { snapshotCsv } from '#simulators/zoho/bulk/snapshot_csv'
import { takeSnapshot } from '#simulators/zoho/bulk/take_snapshot'
import { resolveOptions } from '#simulators/zoho/options'
import { SimulatedOrg } from '#simulators/zoho/simulated_org'
import type { WriteContext } from '#simulators/zoho/store/record_store'
import type { ReadTaken } from '#simulators/zoho/store/truth_line'
import { range } from './open_simulator.js'

function openOrg() {
  const org = new SimulatedOrg('http://127.0.0.1', resolveOptions({}))
  const table = org.store.tables.get('Deals')
  if (!table) throw new Error('No deals')
  const context: WriteContext = { at: 0, via: 'rest', trigger: [], match: null, searchLagMs: 0 }
  return { org, table, context }
}

function takenBy({ user }: SimulatedOrg, fields: string[]): ReadTaken {
  const query = { module: 'Deals', fields, criteria: null, cvid: null, page: 1, after: null }
  const job = { id: '1', query, callback: null, createdAt: 0, by: user.id, mustFail: false }
  return { job: 'read taken', fileType: 'csv', ...job }
}

test.group('Zoho simulator: snapshot', () => {
  test('writes while the file is made do not reach it', ({ assert }) => {
    const { org, table, context } = openOrg()
    const names = range(3).map((number) => `Order ${number}`)
    const records = names.map((name) => org.store.insert(table, { Deal_Name: name }, context))
    const taken = takenBy(org, ['Deal_Name'])
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

  test('any text comes back from the file as it was', ({ assert }) => {
    const { org, table, context } = openOrg()
    const taken = takenBy(org, ['Deal_Name', 'Type'])
    const text = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', ' ', 'é') })
    fc.assert(
      fc.property(text, text, (name, type) => {
        const record = org.store.insert(table, { Deal_Name: name, Type: type }, context)
        const snapshot = takeSnapshot(org, taken, org.store.ledger.entries.length)
        const rows: string[][] = parse([...snapshotCsv(org, snapshot)].join(''))
        assert.deepEqual(rows, [
          ['id', 'Deal_Name', 'Type'],
          [record.id, name, type],
        ])
        org.store.remove(table, record, context)
      }),
      { numRuns: 300 }
    )
  })
})
