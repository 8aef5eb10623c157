import { defineAction, type Value } from '#sdk'
import { apiUrl } from '../api/address.js'
import { call } from '../api/call.js'
import { checked } from './checked.js'
import { judge } from './problems.js'
import { coqlCredits, coqlLimit } from './coql_credits.js'

const MOST_ROWS = 2000

export const runCoql = checked(
  defineAction({
    name: 'query',
    title: 'Query (COQL)',
    help: 'Reads by a query. Unlike a search it compares exactly and sees what was just written.',
    isWriting: false,
    inputs: [
      {
        name: 'query',
        title: 'Query',
        type: 'multiline',
        required: true,
        help: 'Needs a where clause. 200 rows without a limit; 2,000 at most.',
        example: "select Last_Name, Email from Leads where Email like '%example.com%' limit 200",
      },
    ],
    problems: (inputs) =>
      judge(inputs, {
        query(value) {
          const text = String(value)
          if (!/^\s*select\s/i.test(text) || !/\sfrom\s/i.test(text)) {
            return 'A query reads "select … from … where …".'
          }
          if (!/\swhere\s/i.test(text)) {
            return 'COQL needs a where clause: add "where id is not null" to read all.'
          }
          return coqlLimit(text) > MOST_ROWS ? 'A query answers 2,000 rows at most.' : null
        },
      }),
    async run(ctx, inputs) {
      const query = String(inputs.query)
      const request = {
        method: 'POST' as const,
        url: apiUrl(ctx, '/coql'),
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ select_query: query }),
        credits: coqlCredits(coqlLimit(query)),
        lane: 'heavy',
      }
      const { body } = await call<{ data?: Value; info?: Value }>(ctx, request, 'read')
      return { data: body?.data ?? [], ...(body?.info === undefined ? {} : { info: body.info }) }
    },
  })
)
