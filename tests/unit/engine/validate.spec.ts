import { test } from '@japa/runner'
import type { Field, Value } from '#sdk'
import type { RecordFault } from '#engine/misfit'
import { compileValidator } from '#engine/validate'
import { stream } from './support/make_input.js'

function faults(field: Partial<Field>, value: Value, operation: 'upsert' | 'update' = 'upsert') {
  const target = stream('Deals', [{ name: 'To', type: 'text', ...field }])
  const found: RecordFault[] = []
  compileValidator(target, operation, ['To'])({ To: value }, found)
  return found.map((fault) => `${fault.code} ${fault.message}`).join('; ')
}

test.group('validate', () => {
  const cases: Array<[Partial<Field>, Value, string]> = [
    [{ maxLength: 3 }, 'abcd', "TOO_LONG To: 'abcd' has 4 characters; 3 fit"],
    [{ maxLength: 4 }, '😀😀', ''],
    [{ maxLength: 3 }, '😀😀', 'TOO_LONG'],
    [{ type: 'decimal', maxDigits: 3 }, '1234.5', '4 digits before the point'],
    [{ type: 'decimal', maxScale: 2 }, '1.234', '3 digits after the point'],
    [{ type: 'decimal', maxScale: 2 }, '1.2300', ''],
    [{ type: 'decimal', maxDigits: 3 }, -999, ''],
    [{ type: 'integer', maxDigits: 3 }, 1000, 'TOO_MANY_DIGITS'],
    [{ closed: true, values: ['Won', 'Lost'] }, 'Wonn', 'such as Won'],
    [{ closed: false, values: ['Won'] }, 'Other', ''],
    [{ type: 'multipicklist', closed: true, values: ['a', 'b'] }, ['a', 'z'], "'z' is not one"],
    [{ mandatory: true }, '', 'MANDATORY To must have a value'],
    [{ mandatory: true }, null, 'MANDATORY'],
    [{ readOnly: true }, 'x', 'READ_ONLY'],
    [{ type: 'email' }, 'ann@example.com', ''],
    [{ type: 'email' }, 'ann@example', 'FORMAT'],
    [{ type: 'email' }, 'ann example@x.de', 'FORMAT'],
    [{ type: 'phone' }, '+49 (30) 123-456', ''],
    [{ type: 'email' }, '.ann@example.com', 'FORMAT'],
    [{ type: 'email' }, '_ann+list@sub.exämple.com', ''],
    [{ type: 'email' }, 'a@b.c', 'FORMAT'],
    [{ type: 'email' }, `ann@${'x'.repeat(60)}.${'y'.repeat(23)}`, 'FORMAT'],
    [{ type: 'email' }, `ann@${'abcdefgh.'.repeat(30)}com`, 'FORMAT'],
    [{ type: 'email' }, 'ann@ex..com', 'FORMAT'],
    [{ type: 'email' }, 'ann, bob@example.com', 'FORMAT'],
    [{ type: 'phone' }, '+1.800.FLOWERS ext. 12', ''],
    [{ type: 'phone' }, '(030) 123;456#7', ''],
    [{ type: 'phone' }, '030/123456', 'FORMAT'],
    [{ type: 'phone' }, '-30 123', 'FORMAT'],
    [{ type: 'phone' }, '(+49) 30', 'FORMAT'],
    [{ type: 'phone' }, 'call me!', 'FORMAT'],
    [{ type: 'phone', maxLength: 30 }, '1'.repeat(31), 'TOO_LONG'],
    [{ type: 'url' }, 'example.com/a', ''],
    [{ type: 'url' }, 'not a url', 'FORMAT'],
  ]
  for (const [field, value, said] of cases) {
    test(`${JSON.stringify(field)} ${JSON.stringify(value)}: ${said || 'sound'}`, ({ assert }) => {
      const found = faults(field, value)
      if (said === '') assert.equal(found, '')
      else assert.include(found, said)
    })
  }

  test('no text makes the grammar slow', ({ assert }) => {
    for (const type of ['email', 'phone'] as const) {
      for (const text of [
        'a@' + 'a-'.repeat(50_000),
        'a.'.repeat(50_000),
        '(' + '+'.repeat(50_000),
      ]) {
        assert.include(faults({ type }, text), 'FORMAT')
      }
    }
  })

  test('an update may leave mandatory fields empty', ({ assert }) => {
    assert.equal(faults({ mandatory: true }, null, 'update'), '')
  })
})
