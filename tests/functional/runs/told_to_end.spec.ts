import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { freePort } from '#simulators/shop/free_port'
import { givenTenant, givenUser } from '#tests/support/app'
import { KillableServer } from '#tests/support/killable_server'
import { onlyInThisTest } from '#tests/support/only_in_this_test'
import { Visitor } from '#tests/support/visitor'

/** How many connections wait for a table that another has locked. */
async function waitingForTable(): Promise<number> {
  const [rows] = await db.rawQuery(
    "select count(*) as waiting from information_schema.processlist where db = database() and state like 'Waiting for table%'"
  )
  return Number(rows[0].waiting)
}

/** Sends the signal as soon as there is somebody to hear it. */
const TERM_WHEN_HEARD = `data:text/javascript,${encodeURIComponent(`
  process.on('newListener', (name) => {
    if (name === 'SIGTERM') setImmediate(() => process.kill(process.pid, name))
  })
`)}`

test.group('A server that is told to end', () => {
  test('does, although it has hardly begun to start', async ({ assert }) => {
    const server = KillableServer.launch(15, { NODE_OPTIONS: `--import=${TERM_WHEN_HEARD}` })
    assert.equal(await server.ended(), 0)
  })

  test('does, although a page is open that is told what happens', async ({ assert }) => {
    const visitor = await Visitor.signedInAs(await givenUser({ tenant: await givenTenant() }))
    const port = await freePort()
    const server = await KillableServer.start(15, { PORT: String(port), HOST: '127.0.0.1' })
    const address = `http://127.0.0.1:${port}/__transmit/events?uid=${randomUUID()}`
    const stream = await fetch(address, { headers: { cookie: visitor.cookies() } })
    assert.equal(stream.headers.get('content-type'), 'text/event-stream')
    assert.equal(await server.kill('SIGTERM'), 0)
    await assert.rejects(() => stream.text())
  })

  test('does, although it looks into its database for the first time', async ({
    assert,
    cleanup,
  }) => {
    const holder = await db.transaction()
    const unlock = () => holder.rawQuery('unlock tables')
    cleanup(async () => {
      await unlock()
      await holder.rollback()
    })
    await holder.rawQuery('lock tables channels write')
    const stillHere = onlyInThisTest()
    const server = KillableServer.launch()
    while ((await waitingForTable()) === 0) {
      stillHere()
      await wait(20)
    }
    const ended = server.kill('SIGTERM')
    await wait(500)
    await unlock()
    assert.equal(await ended, 0)
  }).skip(
    process.env.DB_CONNECTION !== 'mysql',
    'whoever waits for a lock of SQLite hears no signal'
  )
})
