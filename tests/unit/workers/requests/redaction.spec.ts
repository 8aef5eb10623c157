import { test } from '@japa/runner'
import type { HttpRequest } from '#sdk'
import { HiddenNames } from '#workers/requests/hidden_names'
import { Redaction } from '#workers/requests/redaction'

const SECRET = 'p"ss word/1'
const TOKEN = 'Zoho-oauthtoken 1000.abcdef'
const mapping = [
  { to: 'Email', formula: 'source.mail.lowerAscii()', private: true },
  { to: 'Name', from: 'name' },
]

function kept(request: Partial<HttpRequest>, answer = '', type = 'application/json') {
  const redaction = new Redaction([SECRET], HiddenNames.of({ mapping }))
  const whole: HttpRequest = { method: 'POST', url: 'https://crm.example/v8/Leads', ...request }
  const bytes = Buffer.from(answer)
  const url = new URL(whole.url)
  return redaction.body({ url, request: whole, answer: { status: 400, type, bytes }, token: TOKEN })
}

test.group('What is kept of a call', () => {
  test('holds no secret, in whatever form it is said', ({ assert }) => {
    const url = `https://crm.example/v8?key=${encodeURIComponent(SECRET)}&page_token=7`
    const body = JSON.stringify({ note: `it is ${SECRET}` })
    const answer = `not you: ${Buffer.from(SECRET).toString('base64')}, 1000.abcdef`
    const said = kept({ url, body }, JSON.stringify({ answer }))
    assert.deepEqual(said.query, [
      ['key', '(hidden)'],
      ['page_token', '7'],
    ])
    assert.equal(said.sent.text, '{"note":"it is (hidden)"}')
    assert.equal(said.received?.text, '{"answer":"not you: (hidden), (hidden)"}')
  })

  test('holds no private value, on either side of the mapping, nor where a vendor repeats it', ({
    assert,
  }) => {
    const body = JSON.stringify({ data: [{ Email: 'ann@example.com', Name: 'Ann' }], mail: 'x' })
    const said = kept({ body }, '{"message":"ann@example.com is no mail"}')
    assert.equal(said.sent.text, '{"data":[{"Email": "(hidden)","Name":"Ann"}],"mail": "(hidden)"}')
    assert.equal(said.received?.text, '{"message":"(hidden) is no mail"}')
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
    assert.equal(
      kept({ body: 'Email=ann%40example.com&Name=Ann', headers: form }).sent.text,
      'Email=(hidden)&Name=Ann'
    )
  })

  test('is nothing where a text does not tell private values from others', ({ assert }) => {
    const said = kept({ body: 'ann@example.com;Ann' }, '<p>ann@example.com</p>', 'text/html')
    assert.deepEqual([said.sent.text, said.sent.because], [null, 'private'])
    assert.deepEqual([said.received?.text, said.received?.because], [null, 'private'])
  })

  test('is cut, and a secret at the cut is not seen in part', ({ assert }) => {
    const redaction = new Redaction([SECRET], new HiddenNames())
    const body = `${'x'.repeat(65_530)}${SECRET}`
    const request = { method: 'POST' as const, url: 'https://crm.example/', body }
    const url = new URL(request.url)
    const { sent } = redaction.body({ url, request, answer: null, token: null })
    assert.deepEqual([sent.because, sent.text?.length], ['cut', 65_536])
    assert.isTrue(sent.text?.endsWith('x(hidde'))
  })

  test('is no text where it was none', ({ assert }) => {
    const said = kept({ body: new Uint8Array([80, 75, 0, 1]) })
    assert.deepEqual(said.sent, { bytes: 4, text: null, because: 'binary' })
  })
})
