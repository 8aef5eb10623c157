import { test } from '@japa/runner'
import fc from 'fast-check'
import { HiddenNames } from '#workers/requests/hidden_names'
import { redactJson } from '#workers/requests/redact_json'

const hidden = new HiddenNames(['Email'])
const redacted = (text: string) => redactJson(text, hidden, () => {})

test.group('JSON that is kept', () => {
  test('hides what is private and what is secret, however deep and of whatever type', ({
    assert,
  }) => {
    const record = { Email: 'ann@example.com', Name: 'Ann', Rows: [{ Email: { a: ['x'] } }] }
    const text = redacted(JSON.stringify({ data: [record], access_token: 'abc', pass_word: 1 }))
    assert.deepEqual(JSON.parse(text), {
      data: [{ Email: '(hidden)', Name: 'Ann', Rows: [{ Email: '(hidden)' }] }],
      access_token: '(hidden)',
      pass_word: 1,
    })
  })

  test('leaves long numbers, and where a list goes on, as they were written', ({ assert }) => {
    const text = '{"id": 5725767000000123456789, "page_token": "p1"}'
    assert.equal(redacted(text), text)
  })

  test('hides a query that names a private field, and no list of names', ({ assert }) => {
    const text = redacted('{"q":"select id from Leads where Email = \'a@b\'","fields":["Email"]}')
    assert.equal(text, '{"q":"(hidden)","fields":["Email"]}')
  })

  test('knows a name that is written with escapes', ({ assert }) => {
    assert.notInclude(redacted('{"\\u0045mail":"ann@example.com"}'), 'ann')
  })

  test('never shows a private value, wherever the text is cut', ({ assert }) => {
    const values = fc.oneof(
      fc.string(),
      fc.array(fc.string()),
      fc.dictionary(fc.string(), fc.string())
    )
    fc.assert(
      fc.property(values, fc.nat(), (value, cut) => {
        const inside = JSON.stringify([value, 'PRIVATE-VALUE'])
        const text = `{"a":"b","Email":${inside},"c":1}`
        const shown = redacted(text.slice(0, 1 + (cut % text.length)))
        assert.notInclude(shown, 'PRIVATE')
      })
    )
  })
})
