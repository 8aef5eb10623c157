import type { Context, WriteBatch } from '#sdk'
import { comparison } from '../lookup/comparable.js'
import type { Fault } from '../write/outgoing.js'
import { openDirectory } from './open_directory.js'
import type { Site } from './site.js'

const SHOWN = 120

export function fieldNamed({ reference: { by }, module }: Site) {
  return by.startsWith(`${module}.`) ? by.slice(module.length + 1) : by
}

function sought(site: Site) {
  const { value } = site.reference
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return `${fieldNamed(site)} '${text.slice(0, SHOWN)}'`
}

function notFound(site: Site): Fault {
  const { field, called, module } = site
  const message =
    module === 'users'
      ? `${called}: no active user has ${sought(site)}. Activate the user in Zoho, or correct the value.`
      : `${called}: ${module} has no record with ${sought(site)}. Create it first, or correct the value.`
  return { state: 'rejected', code: 'LOOKUP_NOT_FOUND', field, message }
}

function ambiguous(site: Site, count: number): Fault {
  const { field, called, module } = site
  const message = `${called}: ${count} records of ${module} have ${sought(site)}. Merge them in Zoho, or find the record by a field that is unique.`
  return { state: 'rejected', code: 'LOOKUP_AMBIGUOUS', field, message }
}

/** The record may be one of those that this run has yet to write. */
function pending(site: Site): Fault {
  const { field, called, module } = site
  const message = `${called}: ${module} has no record with ${sought(site)} yet. The record is sent again in case that one comes after it; else create it first, or correct the value.`
  return { state: 'failed', code: 'LOOKUP_NOT_FOUND', field, message }
}

async function resolveGroup(ctx: Context, { stream, operation }: WriteBatch, sites: Site[]) {
  const [{ module }] = sites
  const directory = await openDirectory(ctx, module, fieldNamed(sites[0]), stream.name)
  const found = await directory.find(sites.map(({ reference }) => reference.value))
  const mayCome = module === stream.name && operation !== 'update'
  for (const site of sites) {
    const key = comparison(directory.field, site.reference.value)
    const ids = key === null ? [] : (found.get(key) ?? [])
    if (ids.length === 1) site.put({ id: ids[0] })
    else if (ids.length > 1) site.outgoing.refuse(ambiguous(site, ids.length))
    else site.outgoing.refuse(mayCome ? pending(site) : notFound(site))
  }
}

/** Turns references into ids, by as few questions as there are fields to ask by. */
export async function resolveReferences(
  ctx: Context,
  batch: WriteBatch,
  sites: Site[]
): Promise<void> {
  for (const site of sites) {
    if (fieldNamed(site) === 'id') site.put({ id: String(site.reference.value) })
  }
  const asked = sites.filter((site) => fieldNamed(site) !== 'id')
  const groups = Map.groupBy(asked, (site) => `${site.module} ${fieldNamed(site)}`)
  for (const group of groups.values()) await resolveGroup(ctx, batch, group)
}
