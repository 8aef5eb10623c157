import type { Context, FoundReferences, WriteBatch } from '#sdk'
import { outgoingOf } from '../write/outgoing.js'
import { externalFields } from './external_fields.js'
import { findSites } from './find_sites.js'
import { resolveReferences } from './resolve_references.js'
import { shareMemos } from './run_memo.js'
import type { Site } from './site.js'

interface Meter {
  ctx: Context
  credits: number
}

const meters = new WeakMap<Context, Meter>()

/** One for all that a context asks, since what it keeps was opened with the first question. */
function meterOf(ctx: Context): Meter {
  const known = meters.get(ctx)
  if (known) return known
  const request: Context['http']['request'] = (call) => {
    meter.credits += call.credits ?? 0
    return ctx.http.request(call)
  }
  const meter: Meter = { ctx: { ...ctx, http: { request } }, credits: 0 }
  shareMemos(meter.ctx, ctx)
  meters.set(ctx, meter)
  return meter
}

function foundAt({ outgoing, field, called }: Site): FoundReferences['found'] {
  const { id } = Object(outgoing.values[field]) as { id?: unknown }
  const isWhole = called === field && typeof id === 'string'
  return isWhole ? [{ index: outgoing.index, field, id }] : []
}

/** As a write finds them; what Zoho finds by its own means is left to it. */
export async function findReferences(ctx: Context, batch: WriteBatch): Promise<FoundReferences> {
  const meter = meterOf(ctx)
  const before = meter.credits
  const all = outgoingOf(batch)
  const externals = await externalFields(meter.ctx, batch, all)
  const sites = await findSites(meter.ctx, batch.stream, all, ({ name }) => externals.has(name))
  await resolveReferences(meter.ctx, batch, sites)
  const faults = all.flatMap(({ index, fault }) => (fault ? [{ index, ...fault }] : []))
  return { found: sites.flatMap(foundAt), faults, credits: meter.credits - before }
}
