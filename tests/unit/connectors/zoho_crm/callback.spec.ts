import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from '@japa/runner'
import type { Context, HttpRequest } from '#sdk'
import { cannedContext } from './canned_context.js'
import { dealBatch, deals } from './deal_batch.js'
import { finishJob } from './finish_job.js'
import { openOrg } from './open_org.js'
import { asked, dealsOf, newDeals, otherUser, readWhole } from './read_kit.js'
import { bulkRoute } from './route_of.js'

/** Hears what the simulator posts. */
async function givenEar(cleanup: (close: () => void) => void) {
  const heard: string[] = []
  const server = createServer((request, response) => {
    heard.push(`${request.method} ${request.url}`)
    response.end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanup(() => void server.close())
  const { port } = server.address() as AddressInfo
  return { heard, server, url: `http://127.0.0.1:${port}/hooks/jobs/1/secret` }
}

const orderOf = (calls: HttpRequest[]) =>
  calls.filter(({ url }) => url.endsWith('/write')).map(({ body }) => JSON.parse(String(body)))

/** An org that refuses addresses to call back. */
function pickyOrg() {
  const { ctx, calls } = cannedContext((request) => {
    if (request.url.endsWith('/upload')) return { status: 200, body: { details: { file_id: '7' } } }
    if (!request.url.endsWith('/write')) return { status: 200, body: {} }
    const isPlain = JSON.parse(String(request.body)).callback === undefined
    if (isPlain) return { status: 201, body: { details: { id: '8' } } }
    return { status: 400, body: { code: 'INVALID_CALLBACK_URL', message: 'no', status: 'error' } }
  })
  const own: Context = { ...ctx, callbackUrl: 'https://crossdock.example.com/hooks/jobs/1/secret' }
  return { own, calls }
}

test.group('zoho_crm calls back', () => {
  test('when a job that writes is over', async ({ assert, cleanup }) => {
    const ear = await givenEar(cleanup)
    const { ctx } = await openOrg(cleanup)
    const own = { ...ctx, callbackUrl: ear.url }
    const batch = dealBatch(deals(3))
    const posted = once(ear.server, 'request')
    const ticket = await bulkRoute().submit(own, batch)
    assert.containSubset(ticket, { callsBack: true })
    assert.notInclude(JSON.stringify(ticket), 'secret')
    assert.containSubset(await bulkRoute().collect(own, ticket, batch), { callsBack: true })
    await posted
    assert.lengthOf(await finishJob(own, ticket, batch), 3)
    assert.deepEqual(ear.heard, ['POST /hooks/jobs/1/secret'])
    const plain = await bulkRoute().submit(ctx, batch)
    assert.containSubset(await bulkRoute().collect(ctx, plain, batch), { callsBack: false })
  })

  test('when a job that reads is over', async ({ assert, cleanup }) => {
    const ear = await givenEar(cleanup)
    const { ctx, sim } = await openOrg(cleanup, { bulkReadDelayMs: 10, bulkReadQueueMs: 10 })
    const user = await otherUser(sim)
    await user.insert(newDeals(5))
    const own = { ...ctx, callbackUrl: ear.url }
    const stream = await dealsOf(own)
    const posted = once(ear.server, 'request')
    const { records, cursors } = await readWhole(own, stream, 'bulk_read', asked())
    await posted
    assert.lengthOf(records, 5)
    assert.containSubset(cursors[0], { at: 'job', callsBack: true })
    assert.notInclude(JSON.stringify(cursors), 'secret')
  })

  test('not where the service names an address of its own', async ({ assert, cleanup }) => {
    const { own, calls } = pickyOrg()
    const { ctx } = await openOrg(cleanup)
    const options = { callbackUrl: 'https://elsewhere.example.com/' }
    const batch = dealBatch(deals(1), { options })
    await assert.rejects(() => bulkRoute().submit(own, batch), /INVALID_CALLBACK_URL/)
    assert.deepEqual(orderOf(calls)[0].callback, { url: options.callbackUrl, method: 'post' })
    const ticket = await bulkRoute().submit(ctx, batch)
    assert.containSubset(ticket, { callsBack: false })
  })

  test('not where Zoho refuses the address: the job is ordered without, once and for all', async ({
    assert,
  }) => {
    const { own, calls } = pickyOrg()
    const batch = dealBatch(deals(1))
    assert.containSubset(await bulkRoute().submit(own, batch), { job: '8', callsBack: false })
    assert.containSubset(await bulkRoute().submit(own, batch), { job: '8', callsBack: false })
    const orders = orderOf(calls)
    assert.deepEqual(
      orders.map(({ callback }) => callback !== undefined),
      [true, false, false]
    )
  })
})
