import { ConnectorError, type ActionInputs, type Context, type Value } from '#sdk'
import { apiUrl } from '../api/address.js'
import { call } from '../api/call.js'
import { readOutcomes } from '../write/read_outcomes.js'
import { recordCost } from '../write/send_records.js'
import { triggerClause } from '../write/trigger_clause.js'
import type { WriteReply } from '../write/write_reply.js'
import { recordList } from './record_list.js'

const LIGHT = 10

export interface Write {
  method: 'POST' | 'PUT'
  path: string
  verb: 'created' | 'updated'
  /** Further keys of the body. */
  more?: { [name: string]: Value }
}

function automations(ctx: Context, choice: Value): { trigger?: Value } {
  if (choice === 'all') return {}
  if (choice === 'none') return { trigger: [] }
  const clause = triggerClause(ctx)
  return clause === '' ? {} : JSON.parse(`{${clause.slice(1)}}`)
}

/** Writes up to 100 records. When none of them got in, that is an error. */
export async function writeRecords(ctx: Context, inputs: ActionInputs, write: Write) {
  const data = recordList(inputs.records)
  const body = { data, ...automations(ctx, inputs.automations), ...write.more }
  const request = {
    method: write.method,
    url: apiUrl(ctx, write.path),
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    credits: recordCost(data.length),
    ...(data.length > LIGHT ? { lane: 'heavy' } : {}),
  }
  const reply = await call<WriteReply>(ctx, request, 'write')
  const outcomes = readOutcomes(reply.body ?? { data: [] }, data.length, write.verb)
  const faults = outcomes.flatMap((outcome) => ('message' in outcome ? [outcome.message] : []))
  if (faults.length === data.length) {
    throw new ConnectorError('config', [...new Set(faults)].join(' '))
  }
  return outcomes.map((outcome) => ({ ...outcome }))
}
