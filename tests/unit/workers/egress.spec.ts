import { createServer } from 'node:net'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { test } from '@japa/runner'
import { ConnectorError } from '#sdk'
import { Egress, isPublic } from '#workers/egress'
import { guardedConnect } from '#workers/guarded_connect'
import { GuardedHttp } from '#workers/guarded_http'

const HIDDEN = [
  'http://127.0.0.1/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://0177.0.0.1/',
  'http://localhost/',
  'http://10.0.0.8/',
  'http://192.168.1.1/',
  'http://172.16.9.9/',
  'http://169.254.169.254/latest/meta-data',
  'http://100.64.0.1/',
  'http://0.0.0.0/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[fd00::1]/',
  'http://[fe80::1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[2002:7f00:1::]/',
]

function httpWith(egress: Egress, signal = AbortSignal.timeout(10_000)) {
  const ports = {
    token: { get: async () => ({ header: '', expiresAt: 0 }) },
    quota: {
      acquire: async () => ({ until: 0 }),
      release() {},
      spend() {},
      afford: async () => {},
      told() {},
      refused() {},
    },
  }
  return new GuardedHttp({
    connectionId: 'c',
    runId: null,
    signal,
    auth: { type: 'none' },
    limits: null,
    egress,
    ports,
  })
}

const isRefusal = (error: unknown) => error instanceof ConnectorError && error.kind === 'config'

test.group('Egress', () => {
  test('keeps every notation of a private address out of reach', async ({ assert }) => {
    const http = httpWith(new Egress([], ['*']))
    for (const url of HIDDEN) {
      const error = await http.request({ method: 'GET', url }).catch((caught: unknown) => caught)
      assert.isTrue(isRefusal(error), `${url}: ${String(error)}`)
    }
    await http.close()
  })

  test('lets the operator open one address and port, and no other', async ({ assert }) => {
    const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const connect = guardedConnect(new Egress([`127.0.0.1:${port}`], []), AbortSignal.timeout(5000))
    const socket = await connect({ host: '127.0.0.1', port })
    socket.destroy()
    const other = guardedConnect(new Egress(['127.0.0.1:1'], []), AbortSignal.timeout(5000))
    assert.throws(() => other({ host: '127.0.0.1', port }), /EGRESS_ALLOW/)
    server.close()
  })

  test('a name that resolves to a private address is refused where it is resolved', async ({
    assert,
  }) => {
    const egress = new Egress([], ['localhost'])
    egress.check('localhost', 443)
    const error = await new Promise((resolve) => egress.lookup('localhost', {}, resolve))
    assert.isTrue(isRefusal(error))
  })

  test('holds connectors to the hosts of their manifest', ({ assert }) => {
    const egress = new Egress([], ['*.zohoapis.eu', 'accounts.zoho.eu'])
    egress.check('www.zohoapis.eu', 443)
    egress.check('accounts.zoho.eu', 443)
    for (const host of [
      'zohoapis.eu',
      'a.b.zohoapis.eu',
      'evilzohoapis.eu',
      'accounts.zoho.eu.example',
      '8.8.8.8',
    ]) {
      assert.throws(() => egress.check(host, 443), /may not be reached/)
    }
    assert.isTrue(isPublic('8.8.8.8'))
  })

  test('nothing leaves once a run is cancelled', async ({ assert, cleanup }) => {
    let calls = 0
    const server = createServer((socket) => {
      calls += 1
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n')
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const controller = new AbortController()
    const http = httpWith(new Egress([`127.0.0.1:${port}`], []), controller.signal)
    const url = `http://127.0.0.1:${port}/`
    cleanup(async () => {
      await http.close()
      server.close()
    })
    await http.request({ method: 'GET', url })
    controller.abort(new Error('cancelled'))
    await assert.rejects(() => http.request({ method: 'POST', url }), 'cancelled')
    assert.equal(calls, 1)
  })
})
