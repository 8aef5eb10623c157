import { test } from '@japa/runner'
import fc from 'fast-check'
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
  /** Where a key comes often, a job that is taken up may be tried again after a later row. */
  crashes: fc.constant<number>(0),
})

/** Two jobs are taken up: one moves a record on, the other overtakes what it was before. */
const ADOPTED: Array<[id: number, ref: number]> = [
  [1, 1],
  [1, 1],
  [5, 5],
  [5, 2],
  [6, 5],
]
const given = {
  seed: 307464035,
  known: [],
  rows: ADOPTED,
  pageSize: 3,
  pending: 0.7 as const,
  crashes: 0.1,
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
    test(`is known as it came last, ${name}`, async ({ assert }) => {
      await fc.assert(
        fc.asyncProperty(repeated, async ({ seed, known, rows, pageSize, pending, crashes }) => {
          const chance = dice(seed)
          const stage = new Stage('last', routesOf ?? ((target) => unevenly(target, chance)))
          stage.chance = chance
          stage.crashes = crashes
          stage.pageSize = () => 1 + Math.floor(chance() * pageSize)
          stage.target.luck = {
            ...stage.target.luck,
            job: () => (chance() < pending ? 'pending' : 'ok'),
          }
          stage.records = known.map(([id, ref], at) => order(id, `R${ref}`, `Known ${at}`))
          if (known.length > 0) await stage.run()
          stage.records = rows.map(([id, ref], at) => order(id, `R${ref}`, `Row ${at}`))
          await stage.run()
          const held = heldAtLast([...known, ...rows])
          for (const [key, { state, match, targetId }] of stage.ledger.links) {
            assert.equal(state, 'sent')
            assert.equal(match, held.get(key) ?? null, `what ${key} holds`)
            assert.equal(targetId === null, match === null, `the id of ${key}`)
          }
        }),
        { numRuns: 150, examples: [[given]] }
      )
    }).timeout(60_000)
  }
})

/** The match value that each key holds once its rows are written one by one. */
function heldAtLast(rows: Array<[id: number, ref: number]>): Map<string, string> {
  const held = new Map<string, string>()
  for (const [id, ref] of rows) {
    for (const [key, value] of held) if (value === `r${ref}`) held.delete(key)
    held.set(String(id), `r${ref}`)
  }
  return held
}
