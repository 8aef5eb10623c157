import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FlagOutcome, RecordValues, Value } from '#sdk'
import { concernsFlaggers, type Clause, type FlagStage, type Subject } from '../stage.js'
import { keysOf, newContext, reach, readAll, stored, type Reached } from '../reach.js'

export const flagsClause: Clause = {
  number: 'C23',
  title: 'a flag is set for a record that is as it was read, and nothing else is changed',
  concerns: concernsFlaggers,
  async verify(subject) {
    const staged = subject.stage.reading.filter((reading) => reading.flag)
    assert.ok(staged.length > 0, 'the fixture flags')
    for (const { stream, flag } of staged) {
      if (!flag) continue
      const given = { subject, flag, reached: await reach(subject, stream) }
      await assertFlagging(given)
      await assertChanges(given)
      await assertRaces(given)
    }
  },
}

interface Given {
  subject: Subject
  flag: FlagStage
  reached: Reached
}

const RACES = 40

async function flagAs(
  { subject, flag, reached }: Given,
  value: Value,
  records: RecordValues[]
): Promise<FlagOutcome[]> {
  const { access, stream } = reached
  const outcomes: FlagOutcome[] = []
  const size = access.flagging?.maxRecords ?? 1
  for (let at = 0; at < records.length; at += size) {
    const part = stored(records.slice(at, at + size))
    const batch = { stream, field: flag.field, value, records: part }
    const answer = (await access.flagging?.flag(newContext(subject), batch)) ?? []
    assert.equal(answer.length, part.length, 'an outcome for each record, in order')
    outcomes.push(...answer)
  }
  return outcomes
}

function recordsOf({ subject, reached }: Given): Promise<RecordValues[]> {
  return readAll(subject, reached, { pageSize: 1000 })
}

/** What the flag of a record holds now. */
async function flagOf(given: Given, record: RecordValues): Promise<Value | undefined> {
  const { flag, reached } = given
  const records = await recordsOf(given)
  const [key] = keysOf([record], reached.stream)
  const at = keysOf(records, reached.stream).indexOf(key)
  return records[at]?.[flag.field]
}

async function assertAllFlagged(given: Given, value: Value, records: RecordValues[], why: string) {
  const outcomes = await flagAs(given, value, records)
  assert.deepEqual(new Set(outcomes), new Set(['flagged']), why)
}

async function assertFlagging(given: Given): Promise<void> {
  const { flag } = given
  const records = await recordsOf(given)
  const some = records.slice(0, -1)
  await assertAllFlagged(given, flag.set, some, 'as they were read')
  await assertAllFlagged(given, flag.set, some, 'twice')
  const expected = records.map((record, at) =>
    at < some.length ? { ...record, [flag.field]: flag.set } : record
  )
  const after = await recordsOf(given)
  assert.deepEqual(after, expected, 'nothing but the flag')
  await assertAllFlagged(given, flag.unset, some, 'the flag itself does not count')
}

/** Of one batch, one record was changed since, one is gone, and the others are as they were. */
async function assertChanges(given: Given): Promise<void> {
  const { flag, reached } = given
  const records = await recordsOf(given)
  const [edited, gone, first, ...others] = records.slice(0, 5)
  await flag.edit(edited)
  await flag.remove(gone)
  const outcomes = await flagAs(given, flag.set, [first, edited, gone, ...others])
  const rest = others.map(() => 'flagged')
  assert.deepEqual(outcomes, ['flagged', 'changed', 'gone', ...rest])
  assert.deepEqual(await flagOf(given, edited), flag.unset, 'what changed')
  const key = reached.stream.key.map((field) => [field, edited[field] ?? null])
  await assertAllFlagged(given, flag.set, [Object.fromEntries(key)], 'by the key alone')
  assert.deepEqual(await flagOf(given, edited), flag.set)
}

/** Whoever edits a record unsets its flag in the same step, so that it is never set afterwards. */
async function assertRaces(given: Given): Promise<void> {
  const { flag } = given
  let whole = 0
  for (let race = 0; race < RACES; race++) {
    const records = await recordsOf(given)
    const record = records[race % 5]
    const started = performance.now()
    const flagged = flagAs(given, flag.set, [record]).finally(
      () => (whole = performance.now() - started)
    )
    // At another moment of the flagging in each race.
    await sleep((whole * race) / RACES)
    await Promise.all([flagged, flag.edit(record)])
    assert.deepEqual(await flagOf(given, record), flag.unset, 'edited while it was flagged')
  }
}
