import type { Context, WriteBatch } from '#sdk'
import type { GivenFile } from '../files/given_file.js'
import { putFiles } from '../files/put_files.js'
import { takeAttachments } from '../files/take_attachments.js'
import { externalFields } from '../references/external_fields.js'
import { findSites } from '../references/find_sites.js'
import { isReference } from '../references/reference.js'
import { resolveReferences } from '../references/resolve_references.js'
import { putRows } from '../rows/put_rows.js'
import { dropEmpty } from './drop_empty.js'
import { filledStream } from './filled_stream.js'
import { type Outgoing, outgoingOf } from './outgoing.js'
import { refuseTwins } from './refuse_twins.js'
import { refuseUnfilled } from './refuse_unfilled.js'
import { sound } from './sound.js'
import { tellCutTimes } from './tell_cut_times.js'
import { UNKNOWN_RECORD } from './unknown_record.js'
import type { WriteSettings } from './write_settings.js'

export interface Prepared {
  all: Outgoing[]
  /** Files to put under records once these are written, by the records' places. */
  attachments: Map<number, GivenFile[]>
  /** Lookups that Zoho finds by another system's id itself, lookup to field. */
  externals: Map<string, string>
  /** The header that says so. */
  header: string | null
}

/** Records as calls take them; what is wrong with one is found before a credit is spent on it. */
export async function prepareBatch(
  ctx: Context,
  batch: WriteBatch,
  settings: WriteSettings
): Promise<Prepared> {
  const { match, operation } = batch
  const stream = filledStream(batch)
  const all = outgoingOf(batch)
  const attachments = await takeAttachments(ctx, all)
  if (operation === 'update') {
    for (const each of all) if (each.id === null) each.refuse(UNKNOWN_RECORD)
  }
  // The engine sees to it that one match field alone has no value twice.
  const matched = match.by === 'fields' && match.fields.length === 1 ? match.fields : []
  refuseTwins(stream, all, matched)
  if (settings.keepsEmpty) dropEmpty(all)
  if (settings.layout !== null) await refuseUnfilled(ctx, batch, settings.layout, sound(all))
  tellCutTimes(ctx, stream, batch.records)
  const externals = await externalFields(ctx, batch, sound(all))
  if (externals.size > 0) for (const each of sound(all)) nameExternals(each, externals)
  const sites = await findSites(ctx, stream, sound(all))
  await resolveReferences(ctx, batch, sites)
  await putRows(ctx, { ...batch, stream }, sound(all), settings)
  await putFiles(ctx, stream, sound(all))
  const named = [...externals].map(([lookup, by]) => `${stream.name}.${lookup}.${by}`)
  return { all, attachments, externals, header: named.length === 0 ? null : named.join(',') }
}

function nameExternals(outgoing: Outgoing, externals: Map<string, string>) {
  for (const [lookup, by] of externals) {
    const value = outgoing.values[lookup]
    if (isReference(value)) outgoing.change()[lookup] = { [by]: value.value }
  }
}
