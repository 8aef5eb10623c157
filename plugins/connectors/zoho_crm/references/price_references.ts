import type { Context, PlannedWrite, ReferencePrice } from '#sdk'
import { ReferenceTally, type Asked } from './reference_tally.js'
import { shareMemos } from './run_memo.js'

/** A tally of what will be written; what is asked of Zoho for it counts too. */
function openTally(ctx: Context, asked: Asked) {
  const request: Context['http']['request'] = (call) => {
    tally.credits += call.credits ?? 0
    return ctx.http.request(call)
  }
  const tally = new ReferenceTally({ ...ctx, http: { request } }, asked)
  return tally
}

async function tallied(tally: ReferenceTally, planned: PlannedWrite[]): Promise<ReferencePrice> {
  for (const each of planned) await tally.add(each)
  const { credits, values, isExact } = tally
  return { credits, values, isExact }
}

/** What finding the records costs that others refer to by value: metadata, users, and queries. */
export function priceReferences(ctx: Context, planned: PlannedWrite[]): Promise<ReferencePrice> {
  return tallied(openTally(ctx, new Map()), planned)
}

const heard = new WeakMap<Context, Asked>()

/** The same for a run, which pays once: what was heard before costs nothing again. */
export function expectReferences(ctx: Context, planned: PlannedWrite[]): Promise<ReferencePrice> {
  const asked: Asked = heard.get(ctx) ?? new Map()
  heard.set(ctx, asked)
  const tally = openTally(ctx, asked)
  shareMemos(tally.ctx, ctx)
  return tallied(tally, planned)
}
