import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from '@japa/runner'
import { Agent } from 'undici'
import { freePort } from '#simulators/shop/free_port'
import { sendRequest } from '#workers/send_request'

test.group('A request that is sent', (group) => {
  let agent: Agent
  const closers: Array<() => void> = []

  group.each.setup(() => {
    agent = new Agent()
    return async () => {
      await agent.destroy()
      for (const close of closers.splice(0)) close()
    }
  })

  async function serve(answer: RequestListener): Promise<URL> {
    const server = createServer(answer).listen(0, '127.0.0.1')
    closers.push(() => {
      server.closeAllConnections()
      server.close()
    })
    await once(server, 'listening')
    return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/deals?page=2`)
  }

  test('brings the whole answer, whatever its parts', async ({ assert }) => {
    const url = await serve((asked, answer) => {
      asked.on('data', (part: Buffer) => answer.write(part))
      asked.on('end', () => answer.end(`${asked.method} ${asked.url} ${asked.headers.lane}`))
      answer.writeEarlyHints({ link: '</style.css>; rel=preload' })
      answer.writeHead(207, { 'x-left': '12' })
    })
    const body = Buffer.alloc(300_000, 'æ')
    const headers = { lane: 'a' }
    const received = await sendRequest(agent, url, { method: 'POST', headers, body })
    assert.equal(received.status, 207)
    assert.equal(received.headers['x-left'], '12')
    assert.equal(received.bytes.toString('utf8', body.length), 'POST /deals?page=2 a')
    assert.isTrue(received.bytes.subarray(0, body.length).equals(body))
  })

  test('gives each answer memory of its own', async ({ assert }) => {
    const url = await serve((_asked, answer) => answer.end('short'))
    const { bytes } = await sendRequest(agent, url, { method: 'GET' })
    assert.equal(bytes.toString(), 'short')
    assert.equal(bytes.buffer.byteLength, 'short'.length)
  })

  test('has no answer where that is cut off', async ({ assert }) => {
    const url = await serve((_asked, answer) => {
      answer.writeHead(200, { 'content-length': 100 })
      answer.write('half', () => answer.destroy())
    })
    const error = await sendRequest(agent, url, { method: 'GET' }).catch(
      (caught: unknown) => caught
    )
    assert.propertyVal(error, 'code', 'UND_ERR_SOCKET')
  })

  test('waits for the head and the body of an answer no longer than it is told', async ({
    assert,
  }) => {
    const silent = await serve(() => undefined)
    const halting = await serve((_asked, answer) => void answer.write('half'))
    const patience = { method: 'GET', headersTimeout: 30, bodyTimeout: 30 } as const
    const codes = await Promise.all(
      [silent, halting].map((url) =>
        sendRequest(agent, url, patience).catch((caught: { code: string }) => caught.code)
      )
    )
    assert.deepEqual(codes, ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'])
  })

  test('fails where nobody listens, and where it cannot be made', async ({ assert }) => {
    const url = new URL(`http://127.0.0.1:${await freePort()}/`)
    const refused = await sendRequest(agent, url, { method: 'GET' }).catch((caught) => caught)
    assert.propertyVal(refused, 'code', 'ECONNREFUSED')
    const headers = { bad: 'line\nbreak' }
    const wrong = await sendRequest(agent, url, { method: 'GET', headers }).catch((e) => e)
    assert.propertyVal(wrong, 'code', 'UND_ERR_INVALID_ARG')
  })
})
