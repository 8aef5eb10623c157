import { test } from '@japa/runner'
import { editedValue } from '#domain/runs/edited_value'

test.group('An edited value', () => {
  test('{$i}: {0}')
    .with([
      ['12.50', 'abc', null, '12.50'],
      ['', 'abc', null, ''],
      ['', null, 'text', null],
      ['', 7, null, null],
      ['12', 7, null, 12],
      ['12', null, 'integer', 12],
      ['1e400', 7, null, '1e400'],
      ['007', 7, null, '007'],
      ['twelve', 7, null, 'twelve'],
      ['12345678901234567890', null, 'integer', '12345678901234567890'],
      ['false', true, null, false],
      ['maybe', true, null, 'maybe'],
      ['["a"]', ['b'], null, ['a']],
      ['{oops', { a: 1 }, null, '{oops'],
      ['{"a":1}', 'text', null, '{"a":1}'],
    ] as const)
    .run(({ assert }, [text, before, type, expected]) => {
      assert.deepEqual(editedValue(text, structuredClone(before) as never, type), expected as never)
    })

  test('that was not touched is the very value', ({ assert }) => {
    const before = { id: '1', parts: [1.5] }
    assert.strictEqual(editedValue(JSON.stringify(before), before, null), before)
    assert.isNull(editedValue('', null, 'integer'))
  })
})
