import type { Context, RecordOutcome, RecordValues, WriteBatch } from '#sdk'
import connector from '../../../../plugins/connectors/zoho_crm/connector.js'
import { callRoute } from './route_of.js'

/** A batch for a stream as the connector itself describes it. */
export async function batchFor(
  ctx: Context,
  stream: string,
  records: RecordValues[],
  changes: Partial<WriteBatch> = {}
): Promise<WriteBatch> {
  const description = await connector.discover?.describe(ctx, stream)
  if (!description) throw new Error(`${stream} is missing`)
  return {
    stream: description,
    operation: 'insert',
    match: { by: 'id' },
    records,
    json: records.map((record) => JSON.stringify(record)),
    ids: records.map(() => null),
    options: {},
    ...changes,
  }
}

/** Writes by the call of the batch's operation. */
export function send(ctx: Context, batch: WriteBatch): Promise<RecordOutcome[]> {
  return callRoute(batch.operation, batch.stream).send(ctx, batch)
}

export async function write(
  ctx: Context,
  stream: string,
  records: RecordValues[],
  changes: Partial<WriteBatch> = {}
): Promise<RecordOutcome[]> {
  return send(ctx, await batchFor(ctx, stream, records, changes))
}

export function idsOf(outcomes: RecordOutcome[]): string[] {
  const sorted = outcomes.toSorted((a, b) => a.index - b.index)
  return sorted.map((outcome) =>
    'id' in outcome ? outcome.id : `${outcome.index} ${outcome.message}`
  )
}

export function faultsOf(outcomes: RecordOutcome[]) {
  return outcomes
    .toSorted((a, b) => a.index - b.index)
    .map((outcome) => ('code' in outcome ? outcome.code : outcome.state))
}

/** A record as Zoho shows it alone, with its rows. */
export async function show(ctx: Context, stream: string, id: string): Promise<RecordValues> {
  const url = `${String(ctx.settings.apiUrl)}/crm/v8/${stream}/${id}`
  const response = await ctx.http.request({ method: 'GET', url, credits: 1 })
  const text = await response.text()
  if (response.status !== 200) throw new Error(`${stream}/${id}: ${response.status} ${text}`)
  const { data }: { data: RecordValues[] } = JSON.parse(text)
  return data[0]
}
