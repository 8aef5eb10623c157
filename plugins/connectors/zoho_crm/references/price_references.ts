import type { Context, PlannedWrite, ReferencePrice } from '#sdk'
import { comparison } from '../lookup/comparable.js'
import { outgoingOf, type Outgoing } from '../write/outgoing.js'
import { MOST_VALUES } from './ask_records.js'
import { commonFields } from './common_fields.js'
import { externalFields } from './external_fields.js'
import { findSites } from './find_sites.js'
import { openDirectory } from './open_directory.js'
import { fieldNamed } from './resolve_references.js'
import type { Site } from './site.js'

interface Tally {
  credits: number
  values: number
  isExact: boolean
  /** Values asked for so far, by module and field. */
  asked: Map<string, Set<string>>
}

/** A context of its own, which remembers nothing yet and counts what is asked of Zoho. */
function countingContext(ctx: Context, tally: Tally): Context {
  const request: Context['http']['request'] = (call) => {
    tally.credits += call.credits ?? 0
    return ctx.http.request(call)
  }
  return { ...ctx, http: { request } }
}

/** As the route itself does: what Zoho finds by its own means costs nothing. */
async function sitesOf(ctx: Context, { route, batch }: PlannedWrite, all: Outgoing[]) {
  const { stream } = batch
  const own =
    route === 'bulk_write'
      ? await commonFields(
          ctx,
          stream,
          all,
          ({ isExternal, field }) => isExternal || field.unique === true
        )
      : await externalFields(ctx, batch, all)
  return findSites(ctx, stream, all, ({ name }) => own.has(name))
}

async function count(ctx: Context, { batch }: PlannedWrite, sites: Site[], tally: Tally) {
  const [{ module }] = sites
  const by = fieldNamed(sites[0])
  const { field, keepsMissing } = await openDirectory(ctx, module, by, batch.stream.name)
  const keys = sites.map(({ reference }) => comparison(field, reference.value))
  const wanted = new Set(keys.filter((key) => key !== null))
  const known = tally.asked.get(`${module} ${by}`) ?? new Set()
  tally.asked.set(`${module} ${by}`, known.union(wanted))
  const missing = wanted.difference(known).size
  tally.values += missing
  if (module === 'users') return
  tally.credits += Math.ceil(missing / MOST_VALUES)
  if (!keepsMissing || field.unique !== true) tally.isExact = false
}

/** What finding the records costs that others refer to by value: metadata, users, and queries. */
export async function priceReferences(
  ctx: Context,
  planned: PlannedWrite[]
): Promise<ReferencePrice> {
  const tally: Tally = { credits: 0, values: 0, isExact: true, asked: new Map() }
  const own = countingContext(ctx, tally)
  for (const each of planned) {
    const sites = await sitesOf(own, each, outgoingOf(each.batch))
    const asked = sites.filter((site) => fieldNamed(site) !== 'id')
    const groups = Map.groupBy(asked, (site) => `${site.module} ${fieldNamed(site)}`)
    for (const group of groups.values()) await count(own, each, group, tally)
  }
  const { credits, values, isExact } = tally
  return { credits, values, isExact }
}
