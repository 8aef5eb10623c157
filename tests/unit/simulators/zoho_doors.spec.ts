import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { test } from '@japa/runner'
import { deal, openSimulator, type Json, type SimulatorClient } from './open_simulator.js'

/** Status and code of a call that names another host, which fetch cannot. */
async function askAs(zoho: SimulatorClient, host: string, path: string) {
  const headers = { host, authorization: `Zoho-oauthtoken ${zoho.token}` }
  const call = request(zoho.url + path, { headers, agent: false })
  call.end()
  const [response] = (await once(call, 'response')) as [IncomingMessage]
  const body: Json = JSON.parse(await text(response))
  return `${response.statusCode} ${body.code ?? ''}`
}

test.group('Zoho simulator: doors', () => {
  test('another host is refused, but not by version 2', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, { apiHosts: ['crm.test'] })
    const ask = (host: string, version = 'v8') => askAs(zoho, host, `/crm/${version}/org`)
    assert.equal(await ask('content.zohoapis.example'), '400 INVALID_HOST')
    assert.equal(await ask('content.zohoapis.example', 'v2'), '200 ')
    assert.equal(await ask('crm.test:80'), '200 ')
    assert.equal(await ask(`localhost:${zoho.sim.port}`), '200 ')
  })

  test('bulk jobs want a Content-Type, records do not', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const send = async (path: string, body: object, type?: string) => {
      const headers = new Headers(type === undefined ? {} : { 'content-type': type })
      const bytes = Buffer.from(JSON.stringify(body))
      const { status } = await zoho.send('POST', path, { body: bytes, headers })
      return status
    }
    const read = { query: { module: { api_name: 'Deals' } } }
    for (const path of ['/crm/bulk/v8/read', '/crm/bulk/v8/write']) {
      assert.equal(await send(path, read), 415)
      assert.equal(await send(path, read, 'application/x-www-form-urlencoded'), 415)
    }
    assert.equal(await send('/crm/bulk/v8/read', read, 'application/json'), 201)
    assert.equal(await send('/crm/v8/Deals', { data: [deal(1)] }), 201)
  })

  test('Bearer opens the door only where that is set', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, { acceptBearer: true })
    const { status } = await zoho.get('/crm/v8/org', { authorization: `Bearer ${zoho.token}` })
    assert.equal(status, 200)
    const bare = await zoho.get('/crm/v8/org', { authorization: zoho.token })
    assert.equal(bare.body.code, 'INVALID_TOKEN')
  })
})
