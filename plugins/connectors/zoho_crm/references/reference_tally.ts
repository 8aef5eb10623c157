import type { Context, PlannedWrite, ReferencePrice, Value } from '#sdk'
import { comparison } from '../lookup/comparable.js'
import { outgoingOf, type Outgoing } from '../write/outgoing.js'
import { MOST_VALUES } from './ask_records.js'
import { commonFields } from './common_fields.js'
import { MOST_KEPT } from './directory.js'
import { externalFields } from './external_fields.js'
import { findSites } from './find_sites.js'
import { openDirectory } from './open_directory.js'
import { fieldNamed } from './resolve_references.js'
import type { Site } from './site.js'

/** Values asked for so far, by module and field. */
export type Asked = Map<string, Set<string>>

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

/** What finding records costs that others refer to by value, counted batch after batch. */
export class ReferenceTally implements ReferencePrice {
  credits = 0
  values = 0
  isExact = true

  /** @param ctx counts what describing costs */
  constructor(
    readonly ctx: Context,
    readonly asked: Asked
  ) {}

  async add(planned: PlannedWrite): Promise<void> {
    const sites = await sitesOf(this.ctx, planned, outgoingOf(planned.batch))
    const asked = sites.filter((site) => fieldNamed(site) !== 'id')
    const groups = Map.groupBy(asked, (site) => `${site.module} ${fieldNamed(site)}`)
    for (const [name, group] of groups) await this.#count(planned, name, group)
  }

  async #count({ batch }: PlannedWrite, name: string, sites: Site[]): Promise<void> {
    const [{ module }] = sites
    const directory = await openDirectory(this.ctx, module, fieldNamed(sites[0]), batch.stream.name)
    const known = this.asked.get(name) ?? new Set()
    const missing = new Map<string, Value>()
    for (const { reference } of sites) {
      const key = comparison(directory.field, reference.value)
      if (key !== null && !known.has(key)) missing.set(key, reference.value)
    }
    const before = known.size
    for (const key of missing.keys()) known.add(key)
    this.asked.set(name, known)
    this.values += missing.size
    if (module === 'users') return
    directory.expect(missing)
    const isFilled = directory.keepsMissing
    const calls = (values: number) => Math.ceil(values / MOST_VALUES)
    this.credits += isFilled ? calls(known.size) - calls(before) : calls(missing.size)
    if (!isFilled || directory.field.unique !== true) this.isExact = false
    if (known.size > MOST_KEPT) known.clear()
  }
}
