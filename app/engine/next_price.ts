import { findCostOf, findsIds } from './find_cost.js'
import { noCounters } from './counters.js'
import { planCost, planWrites } from './plan.js'
import { prepare } from './prepare.js'
import { preview } from './preview.js'
import { referenceFields } from './reference_batch.js'
import { Run } from './run.js'
import { searchPlanOf } from './search_plan.js'
import { readQuery } from './source.js'
import type { SyncInput } from './sync_input.js'

/** What the next run costs, as far as that is found out for no credit. */
export interface NextPrice {
  /** Whether it costs so much, or no more than that if nothing has to be sent twice. */
  isExact: boolean
  credits: number
  /** How many records the source holds for it. */
  records: number
  /** How many of them would be written; null where only their number is known. */
  written: number | null
  /** Whether finding what records refer to comes on top. */
  refers: boolean
}

const NONE = { create: 0, update: 0, delete: 0, unchanged: 0, filtered: 0, rejected: 0 }

/**
 * Reads a source that costs nothing, as a run would, and counts it where that takes longer than
 * `within` milliseconds. Null where finding it out costs credits, or nobody counts.
 */
export async function priceNext(input: SyncInput, within: number): Promise<NextPrice | null> {
  if (!isFree(input) || searchPlanOf(input) !== null) return null
  const refers = isAsking(input)
  const seen = await preview(withoutReferences(input), { keep: NONE, ask: 0, within })
  if (!seen.isComplete) return countedPrice(input, refers)
  const { create, update, delete: gone } = seen.counts
  const { operation } = input.definition.target
  // What is looked up first is written only where it is found; what repeats a key goes apart.
  const isSure = operation !== 'delete' && seen.plan.every(({ way }) => way !== 'match')
  const records = Object.values(seen.counts).reduce((sum, count) => sum + count, 0)
  const written = create + update + gone
  return {
    isExact: isSure && seen.repeats === 0,
    credits: seen.credits + seen.repeats * dearest(new Run(input, noCounters())),
    ...{ records, written, refers: refers && written > 0 },
  }
}

/** Whether a source says for nothing what it holds. */
export function isFree({ source: { ctx, stream, access } }: Pick<SyncInput, 'source'>): boolean {
  return access.count !== undefined && (access.readRoutes?.(ctx, stream) ?? []).length === 0
}

/** What a record costs that is sent alone. */
function dearest({ lanes: [lane] }: Run): number {
  return planCost(planWrites(lane.routes, 1, lane.writing.operation))
}

function isAsking({ definition, target }: SyncInput): boolean {
  return target.access.priceReferences !== undefined && referenceFields(definition).length > 0
}

/** Describing what records refer to may cost a credit. */
function withoutReferences(input: SyncInput): SyncInput {
  const { priceReferences, findReferences, ...access } = input.target.access
  return { ...input, target: { ...input.target, access } }
}

/** Every record that the source counts is written, and none has a key that came before. */
async function countedPrice(input: SyncInput, refers: boolean): Promise<NextPrice | null> {
  const { ctx, stream, access } = input.source
  const { used, filter } = prepare(input)
  const run = new Run(input, noCounters())
  const records = (await access.count?.(ctx, stream, readQuery(run, null, used, filter))) ?? null
  if (records === null) return null
  const [{ routes, writing }] = run.lanes
  const writes = planCost(planWrites(routes, records, writing.operation))
  const credits = writes + (findsIds(run) ? findCostOf(run, records) : 0)
  return { isExact: false, credits, records, written: null, refers }
}
