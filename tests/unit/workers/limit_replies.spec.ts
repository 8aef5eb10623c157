import { test } from '@japa/runner'
import type { HttpResponse, Limits, RefusalCause } from '#sdk'
import { causeOf, remainingOf } from '#workers/limit_replies'
import { retryRefused } from '#workers/retry_refused'
import zoho from '../../../plugins/connectors/zoho_crm/connector.js'

const limits: Limits = zoho.limits ?? { concurrency: 1 }

function reply(status: number, text = '', headers: HttpResponse['headers'] = {}): HttpResponse {
  return {
    status,
    headers,
    text: async () => text,
    json: async () => JSON.parse(text),
    bytes: async () => Buffer.from(text),
  }
}

test.group('What a reply says of the limits', () => {
  test('is {cause} where Zoho says: {text}')
    .with([
      { cause: 'lane', text: 'You have exceeded the sub-concurrency limit for this API' },
      { cause: 'lane', text: 'SUB CONCURRENCY LIMIT REACHED' },
      { cause: 'concurrency', text: 'Too many concurrent requests' },
      { cause: 'concurrency', text: 'The maximum number of in process requests' },
      { cause: 'credits', text: 'You have exhausted the API credits of the last 24 hours' },
      { cause: 'credits', text: 'The API limit of the day is reached' },
      { cause: 'lane', text: 'Limite de sous-concurrence : sub-concurrency dépassée' },
      { cause: 'concurrency', text: 'Zu viele gleichzeitige Anfragen' },
      { cause: 'concurrency', text: 'Demasiadas solicitudes simultáneas' },
      { cause: 'concurrency', text: '您的并发请求过多' },
      { cause: 'credits', text: 'Vous avez épuisé vos crédits' },
      { cause: 'credits', text: 'Die API-Aufrufe der letzten 24 Stunden sind verbraucht' },
      { cause: 'credits', text: '您已用完过去24小时的 API 积分' },
      { cause: 'concurrency', text: 'Code 2400' },
      { cause: 'concurrency', text: 'You have made too many requests' },
      { cause: 'concurrency', text: '' },
    ])
    .run(async ({ assert }, { cause, text }) => {
      assert.equal(await causeOf(reply(429, text), limits), cause)
    })

  test('is told by the credits left where the text says nothing', async ({ assert }) => {
    const told = (left: string) =>
      causeOf(reply(429, 'x', { 'x-api-credits-remaining': left }), limits)
    assert.equal(await told('0'), 'credits')
    assert.equal(await told('12'), 'concurrency')
  })

  test('is nothing for other replies, or where the connector declares nothing', async ({
    assert,
  }) => {
    assert.isNull(await causeOf(reply(500, 'credits'), limits))
    assert.isNull(await causeOf(reply(429, 'credits'), null))
    assert.isNull(await causeOf(reply(429, 'credits'), { concurrency: 3 }))
  })

  test('is the number of credits left, where it is one')
    .with([
      { header: '1200', left: 1200 },
      { header: ' 0 ', left: 0 },
      { header: '', left: null },
      { header: '-3', left: null },
      { header: 'unlimited', left: null },
    ])
    .run(({ assert }, { header, left }) => {
      const headers = { 'x-api-credits-remaining': header }
      assert.equal(remainingOf(reply(200, '', headers), limits), left)
      assert.isNull(remainingOf(reply(200, '', headers), null))
    })
})

test.group('A call that is refused because of others', () => {
  const sender = (refusals: Array<RefusalCause | null>) => {
    const sent: number[] = []
    const send = async () => {
      const refused = refusals[sent.length] ?? null
      sent.push(sent.length)
      return { refused, answer: reply(refused === null ? 200 : 429) }
    }
    return { sent, send }
  }
  const patience = () => AbortSignal.timeout(10_000)

  test('is sent again until it is let in', async ({ assert }) => {
    const { sent, send } = sender(['concurrency', 'lane'])
    const answer = await retryRefused(send, patience())
    assert.equal(answer.status, 200)
    assert.lengthOf(sent, 3)
  })

  test('is not sent again where the credits are used up', async ({ assert }) => {
    const { sent, send } = sender(['credits', 'credits'])
    const answer = await retryRefused(send, patience())
    assert.equal(answer.status, 429)
    assert.lengthOf(sent, 1)
  })

  test('is given up at once when the run is cancelled', async ({ assert }) => {
    const controller = new AbortController()
    const { sent, send } = sender(['lane', 'lane', 'lane', 'lane'])
    const call = retryRefused(async () => {
      if (sent.length === 1) controller.abort(new Error('cancelled'))
      return send()
    }, controller.signal)
    await assert.rejects(() => call, 'cancelled')
    assert.lengthOf(sent, 2)
  })
})
