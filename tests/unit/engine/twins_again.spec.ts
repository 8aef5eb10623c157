import { test } from '@japa/runner'
import fc from 'fast-check'
import assert from 'node:assert/strict'
import type { Route } from '#sdk'
import { dice } from './support/dice.js'
import type { MemoryTarget } from './support/memory_target.js'
import { order, Stage, WAYS } from './support/twins_stage.js'

const repeated = fc.record({
  seed: fc.nat(),
  known: fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 7 })), {
    maxLength: 9,
  }),
  rows: fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 7 })), {
    minLength: 1,
    maxLength: 60,
  }),
  pageSize: fc.integer({ min: 1, max: 9 }),
  pending: fc.constantFrom(0, 0.7),
  crashes: fc.constantFrom(0, 0.1, 0.3, 0.3),
  failures: fc.constant<number>(0),
})

type Given = Awaited<ReturnType<typeof repeated.generate>>['value']
type Row = [id: number, ref: number]

/** What went wrong once, by crashes at the worst of moments. */
const GIVEN: Given[] = [
  // Two jobs are taken up: one moves a record on, the other overtakes what it was before.
  given(307464035, [], ['1:1', '1:1', '5:5', '5:2', '6:5'], { pageSize: 3, crashes: 0.1 }),
  // The later of two jobs must not be settled first.
  given(1395059964, ['5:4'], ['6:6', '5:2', '5:1', '6:1'], { pageSize: 8 }),
  // Who is overtaken comes again on a page that is not settled yet.
  given(1480994058, ['8:7'], ['7:5', '3:7', '1:4', '4:4', '7:4', '1:2', '2:5'], {
    pageSize: 8,
    pending: 0,
  }),
  // Who has moved on by a job lets go before another takes over.
  given(1468027702, ['1:1', '2:4', '1:1'], ['1:2', '1:1', '2:2', '5:1', '4:4', '3:3', '5:4'], {
    pageSize: 9,
  }),
  given(1320491040, [], ['2:5', '2:6', '1:5'], { pageSize: 7 }),
  given(1422216664, ['2:4'], ['2:1', '2:2', '9:4', '1:1', '9:2'], { pageSize: 8, pending: 0 }),
  // A job carries a later row of the holder, not the one that was read already.
  given(1880513834, [], ['5:4', '6:2', '5:7', '6:6', '3:2', '3:4', '5:6'], {
    pageSize: 7,
    pending: 0,
    crashes: 0.1,
  }),
  // Who takes over what is held no more is nobody's heir.
  // Who is overtaken by one job and moved on by a later one is let go of by the first.
  given(1983566003, ['3:1', '4:7', '4:2', '1:5'], ['5:6', '8:5', '1:2', '6:1', '9:6', '9:5'], {
    pageSize: 7,
  }),
  // What a job has failed was sent again, and overtaken, before the crash.
  given(17, [], ['5:5', '4:5'], { pageSize: 7, failures: 0.2 }),
  given(15, [], ['2:6', '3:7', '1:6'], { pageSize: 7, failures: 0.2 }),
  given(24, ['9:2', '2:1', '2:5', '3:3', '6:2', '7:5', '4:1', '2:3'], ['8:1'], { pageSize: 3 }),
]

function given(seed: number, known: string[], rows: string[], rest: Partial<Given>): Given {
  const parsed = (all: string[]) => all.map((row) => row.split(':').map(Number) as Row)
  return {
    seed,
    known: parsed(known),
    rows: parsed(rows),
    pageSize: 1,
    pending: 0.7,
    crashes: 0.3,
    failures: 0,
    ...rest,
  }
}

/** No record fails so often that it is given up. */
function failing(risk: number, chance: () => number): MemoryTarget['luck']['record'] {
  const failed = new Map<unknown, number>()
  return ({ Name }) => {
    const times = failed.get(Name) ?? 0
    if (risk === 0 || times > 2 || chance() >= risk) return 'ok'
    failed.set(Name, times + 1)
    return 'fail'
  }
}

/** One record to a call, and no call as long as another. */
function unevenly(target: MemoryTarget, chance: () => number): Route[] {
  const route = target.callRoute(['upsert'], ['upsert'], 1)
  const send: typeof route.send = async (ctx, batch) => {
    for (let turns = chance() * 12; turns > 0; turns -= 1) await new Promise(setImmediate)
    return route.send(ctx, batch)
  }
  return [{ ...route, send }]
}

test.group('A key that comes again, with another match value', () => {
  for (const [name, routesOf] of Object.entries({ ...WAYS, unevenly: null })) {
    test(`is known as it came last, ${name}`, async () => {
      await fc.assert(
        fc.asyncProperty(repeated, async ({ seed, known, rows, ...rest }) => {
          const chance = dice(seed)
          const stage = new Stage('last', routesOf ?? ((target) => unevenly(target, chance)))
          stage.chance = chance
          stage.crashes = rest.crashes
          stage.pageSize = () => 1 + Math.floor(chance() * rest.pageSize)
          stage.target.luck = {
            ...stage.target.luck,
            job: () => (chance() < rest.pending ? 'pending' : 'ok'),
            record: failing(rest.failures, chance),
          }
          const before = known.map(([id, ref], at) => order(id, `R${ref}`, `Known ${at}`))
          stage.records = before
          if (known.length > 0) await stage.run()
          stage.records = rows.map(([id, ref], at) => order(id, `R${ref}`, `Row ${at}`))
          await stage.run()
          const last = [...before, ...stage.records].map((row) => [row.ref, row.name] as const)
          assert.deepEqual(
            Object.fromEntries(stage.names),
            Object.fromEntries(last),
            'each value is as its last row says'
          )
          assertWhole(stage, [...known, ...rows])
          const held = heldAtLast([...known, ...rows])
          for (const [key, { match }] of stage.ledger.links) {
            assert.equal(match, held.get(key) ?? null, `what ${key} holds`)
          }
        }),
        { numRuns: 200, examples: GIVEN.map((each): [Given] => [each]) }
      )
    }).timeout(60_000)
  }
})

/** Whichever of its rows a key holds: none is lost, none doubled, and the target has what links say. */
function assertWhole({ ledger, target }: Stage, rows: Array<[id: number, ref: number]>): void {
  const refs = [...target.records.values()].map(({ Ref }) => String(Ref).toLowerCase())
  const wanted = new Set(rows.map(([, ref]) => `r${ref}`))
  assert.deepEqual(
    [...ledger.links.keys()].sort(),
    [...new Set(rows.map(([id]) => `${id}`))].sort()
  )
  assert.deepEqual(refs.sort(), [...wanted].sort(), 'each value is there once')
  assert.equal(ledger.jobs.size, 0)
  for (const [key, { state, match, targetId }] of ledger.links) {
    assert.equal(state, 'sent')
    assert.equal(targetId === null, match === null, `the id of ${key}`)
    if (match === null) continue
    const isOwn = rows.some(([id, ref]) => `${id}` === key && `r${ref}` === match)
    assert.ok(isOwn, `${key} never had ${match}`)
    assert.equal(String(target.records.get(targetId ?? '')?.Ref).toLowerCase(), match)
  }
}

/** The match value that each key holds once its rows are written one by one. */
function heldAtLast(rows: Array<[id: number, ref: number]>): Map<string, string> {
  const held = new Map<string, string>()
  for (const [id, ref] of rows) {
    for (const [key, value] of held) if (value === `r${ref}`) held.delete(key)
    held.set(String(id), `r${ref}`)
  }
  return held
}
