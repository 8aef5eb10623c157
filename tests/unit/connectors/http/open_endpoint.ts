import type { RecordOutcome, RecordValues, Value, WriteBatch } from '#sdk'
import { contractContext } from '#tests/support/contract_context'
import { openHttpEndpoint, type Answer } from '#tests/support/http_endpoint'
import connector from '../../../../plugins/connectors/http/connector.js'

type Cleanup = (close: () => Promise<void>) => void

export const TOKEN = 'a-secret-token'

/** An endpoint, and a connection to it. */
export async function openEndpoint(
  cleanup: Cleanup,
  settings: { [name: string]: Value } = {},
  usual: Answer = () => ({ status: 200, body: {} })
) {
  const endpoint = await openHttpEndpoint(usual)
  cleanup(endpoint.close)
  const connection = {
    settings: {
      baseUrl: `${endpoint.url}/api`,
      streams: 'leads(email*, name, amount:number, note:json)',
      auth: 'header',
      ...settings,
    },
    secrets: { token: TOKEN },
  }
  const ctx = contractContext(connection, { folder: '', authorize: null })
  const { discover } = connector
  if (!discover) throw new Error('http discovers')
  const access = discover
  const stream = await discover.describe(ctx, 'leads')

  async function write(
    records: RecordValues[],
    options: { [name: string]: Value } = {},
    more: Partial<WriteBatch> = {}
  ): Promise<RecordOutcome[]> {
    const match = { by: 'fields' as const, fields: ['email'] }
    const wish = {
      operation: more.operation ?? ('upsert' as const),
      match,
      fields: Object.keys(records[0]),
      options,
    }
    const [route] = access.routes?.(stream).filter((each) => each.suits?.(wish)) ?? []
    if (route?.kind !== 'call') throw new Error('no route')
    return route.send(ctx, {
      ...{ stream, match, records, options, operation: 'upsert' },
      json: records.map((record) => JSON.stringify(record)),
      ids: records.map(() => null),
      ...more,
    })
  }
  return { ...endpoint, ctx, stream, access, write }
}
