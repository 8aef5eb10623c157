import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { startZohoSimulator } from '#simulators/zoho/start_zoho_simulator'
import { deal, openSimulator, SimulatorClient, statusOf } from './open_simulator.js'

function makeFolder(cleanup: (close: () => void) => void) {
  const folder = mkdtempSync(join(tmpdir(), 'zoho-simulator-'))
  cleanup(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test.group('Zoho simulator: control', () => {
  test('the ledger is NDJSON from a sequence number on', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    await zoho.deals([deal(1), deal(2)], { trigger: ['workflow'] })
    await zoho.deals([deal(2)])
    const read = async (query: string) => {
      const response = await fetch(`${zoho.url}/__simulator/ledger${query}`)
      const text = await response.text()
      return text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    }
    const lines = await read('')
    assert.deepEqual(
      lines.map(({ seq, action, via, changed }) => [seq, action, via, changed]),
      [
        [1, 'insert', 'rest', true],
        [2, 'insert', 'rest', true],
        [3, 'update', 'rest', false],
      ]
    )
    assert.deepEqual(lines[0].trigger, ['workflow'])
    assert.isNull(lines[2].trigger)
    assert.notProperty(lines[0], 'record')
    const late = await read('?since=2&records=1')
    assert.lengthOf(late, 1)
    assert.equal(late[0].record.Order_Ref, 'R-2')
  })

  test('faults, clock, config and reset work over http', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const control = async (name: string, body: unknown) => zoho.post(`/__simulator/${name}`, body)
    await zoho.deals([deal(1)])
    await control('faults', [{ match: { path: '/org' }, kind: 'status', status: 503 }])
    assert.equal(await statusOf(zoho.get('/crm/v8/org')), 503)
    const odd = await control('faults', [{ kind: 'nonsense' }])
    assert.equal(odd.status, 400)
    const config = await zoho.get('/__simulator/config')
    assert.equal(config.body.zgid, zoho.sim.zgid)
    assert.notInclude(JSON.stringify(config.body), zoho.sim.options.clientSecret)
    assert.notInclude(JSON.stringify(config.body), zoho.sim.options.refreshToken)
    const reset = await control('reset', { edition: 'free', seed: 5 })
    assert.equal(reset.body.edition, 'free')
    assert.equal(await statusOf(zoho.get('/crm/v8/org')), 200)
    const stats = await zoho.get('/__simulator/stats')
    assert.deepEqual(stats.body.modules, {})
    assert.equal(Number(stats.body.credits.limit), 5000)
    await control('clock', { advanceSeconds: 7200 })
    assert.equal(await statusOf(zoho.get('/crm/v8/org')), 401)
    const wrong = await control('reset', { nonsense: 1 })
    assert.match(String(wrong.body.error), /Unknown simulator option "nonsense"/)
    assert.equal(await statusOf(zoho.get('/__simulator/nothing')), 404)
  })

  test('with a truth file the org survives its process', async (context) => {
    const { assert } = context
    const persistFile = join(makeFolder(context.cleanup), 'truth.ndjson')
    const first = await openSimulator(context.cleanup, { persistFile })
    const { rows } = await first.deals([deal(1, { Amount: 3 }), deal(2), deal(3)])
    await first.deals([deal(1, { Amount: 4 })])
    await first.delete(`/crm/v8/Deals/${rows[2].details.id}`)
    const told = first.sim.ledger({ records: true })
    const whole = readFileSync(persistFile, 'utf8')
    writeFileSync(persistFile, `${whole}{"seq":6,"cut by a cra`)
    const second = new SimulatorClient(await startZohoSimulator({ persistFile }))
    context.cleanup(() => second.sim.close())
    await second.signIn()
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
    const third = await startZohoSimulator({ persistFile })
    context.cleanup(() => third.close())
    assert.deepEqual(third.ledger(), second.sim.ledger(), 'the cut line left no trace')
    second.sim.reset()
    assert.equal(readFileSync(persistFile, 'utf8'), '')
  })

  test('a truth file of another seed is refused', async (context) => {
    const { assert } = context
    const persistFile = join(makeFolder(context.cleanup), 'truth.ndjson')
    const zoho = await openSimulator(context.cleanup, { persistFile, seed: 1 })
    await zoho.deals([deal(1)])
    await assert.rejects(() => startZohoSimulator({ persistFile, seed: 2 }), /another seed/)
  })
})
