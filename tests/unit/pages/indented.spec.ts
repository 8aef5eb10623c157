import { test } from '@japa/runner'
import { indented } from '../../../inertia/components/requests/indented.js'

test.group('A body that was said', () => {
  test('has a line for each field, and its numbers to the last digit', ({ assert }) => {
    const body =
      '{"data":[{"id":5733686000000411001,"said":"a, {b}: \\"c\\"","none":[]}],"more":{}}'
    assert.deepEqual(indented(body).split('\n'), [
      ...['{', '  "data": [', '    {'],
      ...['      "id": 5733686000000411001,', '      "said": "a, {b}: \\"c\\"",'],
      ...['      "none": []', '    }', '  ],', '  "more": {}', '}'],
    ])
  })

  test('is shown to where it was cut off, within a text and behind a backslash', ({ assert }) => {
    assert.equal(indented('{"a":"cut of'), '{\n  "a": "cut of')
    assert.equal(indented('[{"a":"b\\'), '[\n  {\n    "a": "b\\')
  })
})
