import type { Context, RecordOutcome } from '#sdk'
import type { Outgoing } from './outgoing.js'
import { readOutcomes } from './read_outcomes.js'
import type { WriteEntry, WriteReply } from './write_reply.js'

interface Sent {
  verb: 'created' | 'updated'
  /** The fields that Zoho was to recognise records by. */
  checkedFields: string[] | null
  /** Lookups that Zoho had to find itself, lookup to field. */
  externals: Map<string, string>
}

function namingExternal(outcome: RecordOutcome, externals: Map<string, string>): RecordOutcome {
  if (!('code' in outcome) || outcome.field === undefined) return outcome
  const by = externals.get(outcome.field)
  if (by === undefined || outcome.code === 'DUPLICATE_DATA') return outcome
  const message = `${outcome.field}: Zoho has no record with this ${by}. Create it first, or correct the value.`
  return { ...outcome, code: 'LOOKUP_NOT_FOUND', message }
}

/** An upsert looks at every unique field, whatever it is told to look at. */
function warnOfStrangers(ctx: Context, entries: WriteEntry[], checked: string[]) {
  const strangers: WriteEntry[] = []
  for (const entry of entries) {
    const field = entry.duplicate_field
    if (field && !checked.includes(field)) strangers.push(entry)
  }
  if (strangers.length === 0) return
  ctx.log.warn('Zoho recognised records by another unique field than the match field', {
    records: strangers.length,
    field: strangers[0].duplicate_field ?? null,
    id: strangers[0].details?.id ?? null,
  })
}

const placeOf = ({ index }: Outgoing) => index

/** What Zoho's answer says of the records of one call. */
export function portionOutcomes(
  ctx: Context,
  reply: WriteReply,
  portion: Outgoing[],
  { verb, checkedFields, externals }: Sent
): RecordOutcome[] {
  const places = portion.map(placeOf)
  const outcomes = readOutcomes(reply, portion.length, verb, places)
  if (checkedFields !== null) warnOfStrangers(ctx, reply.data, checkedFields)
  if (externals.size === 0) return outcomes
  return outcomes.map((outcome) => namingExternal(outcome, externals))
}
