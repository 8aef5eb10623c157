import { hash } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { test } from '@japa/runner'
import { sync } from '#engine/sync'
import type { SyncInput, World } from '#engine/sync_input'
import type { MappingRow, RecordValues, ServiceDefinition, Value } from '#sdk'
import connector from '../../../../plugins/connectors/zoho_crm/connector.js'
import { makeInput } from '../../engine/support/make_input.js'
import { MemoryLedger } from '../../engine/support/memory_ledger.js'
import { memorySource } from '../../engine/support/memory_source.js'
import { openOrg } from './open_org.js'
import { show, write } from './write_kit.js'

type Org = Awaited<ReturnType<typeof openOrg>>

const world: World = {
  now: () => performance.now(),
  random: () => 0,
  sleep: (milliseconds) => setTimeout(Math.min(milliseconds, 20)),
  hash: (text) => hash('sha1', text),
}

interface Wanted {
  stream: string
  match: string
  mapping: MappingRow[]
  target?: Partial<ServiceDefinition['target']>
}

async function input(org: Org, records: RecordValues[], wanted: Wanted): Promise<SyncInput> {
  const { discover } = connector
  const stream = await discover?.describe(org.ctx, wanted.stream)
  if (!discover || !stream) throw new Error(`${wanted.stream} is missing`)
  const routes = discover.routes?.(stream) ?? []
  const ledger = new MemoryLedger()
  const made = makeInput({ source: memorySource(records), routes, ledger, operation: 'upsert' })
  const fields = Object.keys(records[0]).map((name) => ({ name, type: 'json' as const }))
  return {
    ...made,
    world,
    source: { ...made.source, stream: { ...made.source.stream, fields } },
    target: { ctx: org.ctx, stream, access: discover, routes },
    definition: {
      ...made.definition,
      target: {
        ...made.definition.target,
        stream: wanted.stream,
        match: { by: 'fields', fields: [wanted.match] },
        ...wanted.target,
      },
      mapping: wanted.mapping,
    },
  }
}

const dealMapping: MappingRow[] = [
  { to: 'Order_Ref', from: 'id' },
  { to: 'Deal_Name', from: 'id' },
  { to: 'Stage', value: 'Qualification' },
]

test.group('zoho_crm writing under the engine', () => {
  test('a lookup that points nowhere is a fault with its value', async ({ assert, cleanup }) => {
    const org = await openOrg(cleanup)
    await write(org.ctx, 'Accounts', [{ Account_Name: 'Acme' }])
    const records = ['Acme', 'Nobody'].map((account, at) => ({ id: `R-${at}`, account }))
    const by: MappingRow = { to: 'Account_Name', from: 'account', as: 'lookup', by: 'Account_Name' }
    const mapping = [...dealMapping, by]
    const made = await input(org, records, { stream: 'Deals', match: 'Order_Ref', mapping })
    const report = await sync(made)
    assert.containSubset(report.counters, { created: 1, rejected: 1, failed: 0 })
    const { ledger } = made
    assert.instanceOf(ledger, MemoryLedger)
    const stored = JSON.stringify(ledger instanceof MemoryLedger && [...ledger.links.values()])
    assert.include(stored, 'LOOKUP_NOT_FOUND')
    assert.include(stored, 'Nobody')
  })

  test('children follow their parents within one run', async ({ assert, cleanup }) => {
    const org = await openOrg(cleanup)
    const names = ['Top', 'Middle', 'Bottom']
    const parents = names.map((id, at) => ({ id, parent: at === 0 ? null : names[at - 1] }))
    const orphan = { id: 'Orphan', parent: 'Nobody' }
    const records = [orphan, ...parents.toReversed()]
    const mapping: MappingRow[] = [
      { to: 'Account_Name', from: 'id' },
      { to: 'Parent_Account', from: 'parent', as: 'lookup', by: 'Account_Name' },
    ]
    const wanted = { stream: 'Accounts', match: 'Account_Name', mapping }
    const report = await sync(await input(org, records, wanted))
    assert.containSubset(report.counters, { created: 3, rejected: 0, failed: 1 })
    assert.equal(org.sim.stats().modules.Accounts.records, 3)
  })

  test('what only calls can do goes by calls, however many records', async ({
    assert,
    cleanup,
  }) => {
    const org = await openOrg(cleanup)
    const records = Array.from({ length: 5_200 }, (_, at) => ({ id: `R-${at}` }))
    const routesFor = async (options: { [name: string]: Value }) => {
      const wanted = { stream: 'Deals', match: 'Order_Ref', mapping: dealMapping }
      const made = await input(org, records, { ...wanted, target: { options } })
      const report = await sync(made)
      return [...new Set(report.batches.map(({ route }) => route))]
    }
    assert.deepEqual(await routesFor({ trigger: 'workflow' }), ['upsert'])
    assert.deepEqual(await routesFor({}), ['bulk_write'])
  })

  test('a route that cannot do it ends the run before a call', async ({ assert, cleanup }) => {
    const org = await openOrg(cleanup)
    const wanted = { stream: 'Deals', match: 'Order_Ref', mapping: dealMapping }
    const target = { route: 'bulk_write', options: { trigger: 'all' } }
    const made = await input(org, [{ id: 'R-1' }], { ...wanted, target })
    const before = org.meter.credits
    const error = await sync(made).catch((thrown: unknown) => thrown)
    assert.containSubset(error, { kind: 'config' })
    assert.equal(org.meter.credits, before)
  })

  test('what the layout wants is missed without a credit for the record', async ({
    assert,
    cleanup,
  }) => {
    const org = await openOrg(cleanup)
    const url = `${org.sim.url}/crm/v8/settings/layouts?module=Shop_Visits`
    const response = await org.ctx.http.request({ method: 'GET', url })
    const { layouts } = await response.json<{ layouts: Array<{ id: string }> }>()
    const record = { Name: 'V', External_Visit_Id: 'E-1' }
    const options = { layout: layouts[0].id }
    const [without] = await write(org.ctx, 'Shop_Visits', [record], { options })
    assert.containSubset(without, { code: 'MANDATORY_NOT_FOUND', field: 'Visit_Code' })
    assert.equal(org.sim.stats().modules.Shop_Visits?.records ?? 0, 0)
    const whole = { ...record, Visit_Code: '1' }
    const [outcome] = await write(org.ctx, 'Shop_Visits', [whole], { options })
    const id = 'id' in outcome ? outcome.id : ''
    const shown = await show(org.ctx, 'Shop_Visits', id)
    assert.equal(shown.Visit_Code, '1')
  })
})
