import { test } from '@japa/runner'
import fc from 'fast-check'
import { readOutcomes } from '../../../../plugins/connectors/zoho_crm/write/read_outcomes.js'
import { readSuccesses } from '../../../../plugins/connectors/zoho_crm/write/read_successes.js'
import type { WriteReply } from '../../../../plugins/connectors/zoho_crm/write/write_reply.js'

const id = fc.stringMatching(/^\d{1,19}$/)
const user = fc.record({
  name: fc.oneof(fc.string(), fc.constantFrom('Ann', 'a "b"', 'x","id":"9"', '}{', 'é\\')),
  id,
})
const details = fc.record(
  {
    Modified_Time: fc.constant('2026-11-20T10:00:00+01:00'),
    Modified_By: user,
    Created_Time: fc.constantFrom('2026-11-20T10:00:00+01:00', null),
    id,
    Created_By: user,
    $approval_state: fc.constantFrom('approved', true, 3),
  },
  { requiredKeys: ['id'] }
)
const base = { code: 'SUCCESS', message: 'record added', status: 'success' }
const inserted = details.map((each) => ({ ...base, code: 'SUCCESS', details: each }))
const upserted = fc
  .tuple(details, fc.constantFrom('insert', 'update'), fc.constantFrom(null, 'Email', 'Ref_é'))
  .map(([each, action, field]) => ({
    ...{ code: 'SUCCESS', duplicate_field: field, action, details: each },
    ...{ message: `record ${action === 'insert' ? 'added' : 'updated'}`, status: 'success' },
  }))
const shuffled = upserted.map((each) => Object.fromEntries(Object.entries(each).toReversed()))
const faulty = fc.constantFrom(
  { code: 'MANDATORY_NOT_FOUND', details: { api_name: 'Stage' }, message: 'm', status: 'error' },
  { code: 'SUCCESS', details: {}, message: 'record added', status: 'success' },
  { code: 'SUCCESS', details: { id: '7' }, message: 'odd', status: 'error' },
  { code: 'DUPLICATE_DATA', details: { id: '8' }, message: 'd', status: 'error' }
)

/** In the order that Zoho's samples have. */
const inOrder = ({
  code,
  message,
  status,
  ...rest
}: {
  code: string
  message: string
  status: string
}) => ({
  code,
  ...rest,
  message,
  status,
})

/** Like the entry, with another id and perhaps another text as long as the one it had. */
function changed(entry: object, to: { id: string; odd: object }): object {
  const known = 'details' in entry && typeof entry.details === 'object' ? entry.details : {}
  const put = Object.entries(to.odd).filter(([name]) => name in entry)
  return { ...entry, details: { ...known, id: to.id }, ...Object.fromEntries(put) }
}

const plain = (data: object[]) => JSON.stringify({ data })
const strangersOf = ({ data }: WriteReply) => data.map((each) => each.duplicate_field ?? null)

test.group("What Zoho's answer says of records that were all written", () => {
  test('is what parsing the whole of it says, or nothing', ({ assert }) => {
    const entry = fc.oneof(
      { weight: 6, arbitrary: inserted.map(inOrder) },
      { weight: 6, arbitrary: upserted },
      { weight: 1, arbitrary: shuffled },
      { weight: 1, arbitrary: faulty }
    )
    // Most of what Zoho says differs in the ids alone, or in what comes after them.
    const odd = fc.constantFrom({}, {}, { status: 'refused' }, { action: 'update' })
    const change = fc.record({ id: fc.oneof(id, fc.constantFrom('1'.repeat(25), '12x', '')), odd })
    const alike = fc
      .tuple(fc.oneof(upserted, inserted.map(inOrder)), fc.array(change, { maxLength: 4 }))
      .map(([first, changes]) => [first, ...changes.map((each) => changed(first, each))])
    const some = fc.array(
      fc.oneof(
        entry.map((each) => [each]),
        alike
      ),
      { maxLength: 3 }
    )
    const tail = fc.constantFrom('', ' ', ',"info":{"count":1}', '}')
    fc.assert(
      fc.property(some, tail, (stretches, after) => {
        const entries = stretches.flat()
        const text = plain(entries)
        const quick = readSuccesses(`${text.slice(0, -1)}${after}}`)
        if (after !== '') return assert.isNull(quick)
        if (quick === null) return
        const parsed = JSON.parse(text) as WriteReply
        assert.deepEqual(
          readOutcomes(quick, entries.length, 'created'),
          readOutcomes(parsed, entries.length, 'created')
        )
        assert.deepEqual(strangersOf(quick), strangersOf(parsed))
      }),
      { numRuns: 2000 }
    )
  })

  test('is read without parsing in the form that Zoho documents', ({ assert }) => {
    const by = { name: 'Ann Bell', id: '4554510000000030000' }
    const times = { Modified_Time: '2026-11-20T10:00:00+01:00', Modified_By: by }
    const each = (known: string) => ({ ...times, Created_Time: null, id: known, Created_By: by })
    const added = {
      ...inOrder({ ...base, details: { ...each('1'), $approval_state: 'approved' } } as never),
    }
    const updated = {
      ...{ code: 'SUCCESS', duplicate_field: 'Email', action: 'update', details: each('2') },
      ...{ message: 'record updated', status: 'success' },
    }
    assert.deepEqual(readOutcomes(readSuccesses(plain([added]))!, 1, 'created'), [
      { index: 0, state: 'created', id: '1' },
    ])
    assert.deepEqual(readOutcomes(readSuccesses(plain([updated, updated]))!, 2, 'created'), [
      { index: 0, state: 'updated', id: '2' },
      { index: 1, state: 'updated', id: '2' },
    ])
    assert.deepEqual(strangersOf(readSuccesses(plain([updated]))!), ['Email'])
  })

  test('is left to parsing as soon as one record says something else', ({ assert }) => {
    const added = {
      code: 'SUCCESS',
      details: { id: '1' },
      message: 'record added',
      status: 'success',
    }
    const failed = { code: 'INVALID_DATA', details: { id: '2' }, message: 'no', status: 'error' }
    assert.isNotNull(readSuccesses(plain([added, added])))
    assert.isNull(readSuccesses(plain([added, failed])))
    assert.isNull(readSuccesses(plain([added, added]).slice(0, -1)))
    assert.isNull(readSuccesses(plain([])))
    assert.isNull(readSuccesses(''))
  })
})
