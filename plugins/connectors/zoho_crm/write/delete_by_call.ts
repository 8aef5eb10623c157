import type { Context, RecordOutcome, WriteBatch } from '#sdk'
import { apiUrl } from '../api/address.js'
import { call } from '../api/call.js'
import { readOutcomes } from './read_outcomes.js'
import type { WriteReply } from './write_reply.js'
import { writeSettings } from './write_settings.js'

const ID = /^[0-9]{1,20}$/

/** Moves records to the recycle bin by one call. Zoho names no record twice. */
export async function deleteByCall(ctx: Context, batch: WriteBatch): Promise<RecordOutcome[]> {
  const settings = writeSettings(ctx, batch)
  const { ids: given, stream } = batch
  const ids = [...new Set(given)].filter((id) => id !== null && ID.test(id))
  const byId = new Map<string | null, RecordOutcome>()
  if (ids.length > 0) {
    const query = new URLSearchParams({
      ids: ids.join(','),
      wf_trigger: String(settings.trigger?.includes('workflow') ?? true),
    })
    const url = apiUrl(ctx, `/${stream.name}?${query}`)
    const reply = await call<WriteReply>(ctx, { method: 'DELETE', url, credits: 1 }, 'write')
    const { body } = reply
    const outcomes = readOutcomes(body ?? { data: [] }, ids.length, 'deleted')
    for (const outcome of outcomes) {
      const id = ids[outcome.index]
      byId.set(
        id,
        isGone(outcome, body) ? { index: 0, state: 'unchanged', id: String(id) } : outcome
      )
    }
  }
  return given.map((id, index) => ({ ...(byId.get(id) ?? unnamed(id)), index }))
}

/** What Zoho says of a record that it does not have, or no longer. */
function isGone({ index, ...outcome }: RecordOutcome, body: WriteReply | null): boolean {
  if (!('code' in outcome) || outcome.code !== 'INVALID_DATA') return false
  return /not deleted/i.test(body?.data[index].message ?? '')
}

function unnamed(id: string | null): Omit<Extract<RecordOutcome, { code: string }>, 'index'> {
  const what =
    id === null
      ? 'No Zoho record is known for this one'
      : `'${id.slice(0, 50)}' is no id of a Zoho record`
  return {
    state: 'rejected',
    code: 'UNKNOWN_RECORD',
    message: `${what}, so there is nothing to delete. Match by a field, or by a column that holds ids.`,
  }
}
