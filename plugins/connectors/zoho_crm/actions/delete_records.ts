import { ConnectorError, defineAction } from '#sdk'
import { apiUrl } from '../api/address.js'
import { call } from '../api/call.js'
import { readOutcomes } from '../write/read_outcomes.js'
import type { WriteReply } from '../write/write_reply.js'
import { checked } from './checked.js'
import { MODULE } from './inputs.js'
import { judge, moduleName, namesIn, recordIds } from './problems.js'

export const deleteRecords = checked(
  defineAction({
    name: 'delete_records',
    title: 'Remove records',
    help: 'Moves up to 100 records to the recycle bin, where Zoho keeps them for 60 days.',
    isWriting: true,
    inputs: [
      MODULE,
      {
        name: 'ids',
        title: 'Record ids',
        type: 'multiline',
        required: true,
        help: 'With commas, blanks or lines between, 100 at most.',
      },
      { name: 'automations', title: 'Run workflows', type: 'boolean', default: false },
    ],
    problems: (inputs) => judge(inputs, { module: moduleName, ids: recordIds }),
    async run(ctx, inputs) {
      const ids = [...new Set(namesIn(inputs.ids))]
      const query = new URLSearchParams({
        ids: ids.join(','),
        wf_trigger: String(inputs.automations === true),
      })
      const url = apiUrl(ctx, `/${inputs.module}?${query}`)
      const reply = await call<WriteReply>(ctx, { method: 'DELETE', url, credits: 1 }, 'write')
      const outcomes = readOutcomes(reply.body ?? { data: [] }, ids.length, 'updated')
      if (outcomes.every((outcome) => 'message' in outcome)) {
        throw new ConnectorError('config', 'Zoho removed none of them: it has no such record here.')
      }
      return outcomes.map((outcome) =>
        'message' in outcome
          ? { ...outcome, id: ids[outcome.index] }
          : { index: outcome.index, state: 'deleted', id: outcome.id }
      )
    },
  })
)
