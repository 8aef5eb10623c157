import { test } from '@japa/runner'
import { HiddenNames } from '#workers/requests/hidden_names'
import { Redaction } from '#workers/requests/redaction'
import { tokenIn } from '#workers/requests/request_desk'

test.group('the address that a vendor calls back', () => {
  test('is kept without the token that opens it', ({ assert }) => {
    const callbackUrl = 'https://dock.example.com/hooks/jobs/run-1/t0k3n-of-run'
    const redaction = new Redaction(tokenIn({ callbackUrl }), new HiddenNames())
    const { sent } = redaction.body({
      url: new URL('https://www.zohoapis.com/crm/bulk/v8/write'),
      request: {
        method: 'POST',
        url: 'https://www.zohoapis.com/crm/bulk/v8/write',
        body: JSON.stringify({ callback: { url: callbackUrl, method: 'post' } }),
      },
      answer: null,
      token: null,
    })
    assert.include(sent.text ?? '', '/hooks/jobs/run-1/')
    assert.notInclude(sent.text ?? '', 't0k3n')
    assert.deepEqual(tokenIn({}), [])
  })
})
