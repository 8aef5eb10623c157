import { setTimeout as wait } from 'node:timers/promises'
import { test } from '@japa/runner'
import Channel from '#domain/deliveries/channel'
import { freePort } from '#simulators/shop/free_port'
import { Gate } from '#tests/support/gate'
import { KillableServer } from '#tests/support/killable_server'
import { Person } from '#tests/support/person'
import { until } from '#tests/support/until'
import { withTestRunners } from '#tests/support/with_test_runners'
import { givenZohoToZoho } from '#tests/support/zoho_to_zoho'
import { heard } from './desk_turns.js'

const KILLS = 4

test.group('A server that is killed while it hears of changes', () => {
  test('brings over the last state of every record, those of its absence too', async ({
    assert,
  }) => {
    const port = await freePort()
    const gate = new Gate(`http://127.0.0.1:${port}`)
    await gate.open()
    const house = await withTestRunners(() => givenZohoToZoho({ atRecords: 1 }))
    const start = async (leaseSeconds = 5) => {
      const env = { PORT: String(port), PUBLIC_URL: gate.url, APP_URL: '' }
      const started = await KillableServer.start(leaseSeconds, env)
      await until('a server that listens', async () => {
        const { status } = await fetch(gate.url)
        return status !== 502
      })
      return started
    }
    let server = await start()
    await until('an open channel', () =>
      Channel.query().where('tenantId', house.tenant.id).where('state', 'open').first()
    )
    const ids: string[] = []
    for (let kill = 0; kill < KILLS; kill += 1) {
      ids.push(...(await house.person.create(5, `Round ${kill}`)))
      if (kill === 0) await heard(house, 1)
      await wait(Math.random() * 1500)
      await house.person.rename(ids[kill], `Edited ${kill}`)
      await wait(Math.random() * 100)
      await server.kill()
      ids.push(...(await house.person.create(2, `Away ${kill}`)))
      await house.person.rename(ids[kill + 1], `Edited away ${kill}`)
      server = await start(kill + 1 < KILLS ? 5 : 15)
    }
    const source = await house.person.names()
    assert.equal(source.size, KILLS * 7)
    const other = await Person.signedInTo(house.target)
    const isWhole = async () => {
      const names = await other.names('Order_Ref')
      return [...source].every(([id, name]) => names.get(id) === name) && names
    }
    const arrived = await until('all deals', isWhole, 240_000)
    assert.equal(arrived.size, source.size)
    await server.kill('SIGTERM')
    const inserts = house.target.ledger().filter(({ action }) => action === 'insert')
    assert.lengthOf(inserts, source.size, 'none came twice')
    await gate.shut()
    await house.close()
  }).timeout(480_000)
})
