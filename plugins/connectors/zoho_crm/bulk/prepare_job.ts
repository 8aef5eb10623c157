import type { Context, WriteBatch } from '#sdk'
import { commonFields } from '../references/common_fields.js'
import { findSites } from '../references/find_sites.js'
import { resolveReferences } from '../references/resolve_references.js'
import { type Outgoing, outgoingOf } from '../write/outgoing.js'
import { filledStream } from '../write/filled_stream.js'
import { refuseTwins } from '../write/refuse_twins.js'
import { refuseUnfilled } from '../write/refuse_unfilled.js'
import { sound } from '../write/sound.js'
import { tellCutTimes } from '../write/tell_cut_times.js'
import { UNKNOWN_RECORD } from '../write/unknown_record.js'
import type { WriteSettings } from '../write/write_settings.js'
import { findBy } from './find_by.js'
import type { RefusedRow } from './ticket.js'

/** Records as a file takes them. */
export interface PreparedJob {
  all: Outgoing[]
  /** Lookups that Zoho finds by a field itself, lookup to field. */
  findBys: { [lookup: string]: string }
  refused: RefusedRow[]
}

export async function prepareJob(
  ctx: Context,
  batch: WriteBatch,
  settings: WriteSettings
): Promise<PreparedJob> {
  const { match } = batch
  const stream = filledStream(batch)
  const all = outgoingOf(batch)
  if (findBy(batch) === 'id') {
    for (const each of all) if (each.id === null) each.refuse(UNKNOWN_RECORD)
  }
  refuseTwins(stream, all, match.by === 'fields' && match.fields.length === 1 ? match.fields : [])
  if (settings.layout !== null) await refuseUnfilled(ctx, batch, settings.layout, sound(all))
  tellCutTimes(ctx, stream, batch.records)
  const findBys = await commonFields(
    ctx,
    stream,
    sound(all),
    ({ isExternal, field }) => isExternal || field.unique === true
  )
  const sites = await findSites(ctx, stream, sound(all), ({ name }) => findBys.has(name))
  await resolveReferences(ctx, batch, sites)
  const refused = all.flatMap(({ index, fault }) => {
    if (fault === null) return []
    const { code, message, field = '', state } = fault
    return [{ index, code, message, field, again: state === 'failed' }]
  })
  return { all, findBys: Object.fromEntries(findBys), refused }
}
