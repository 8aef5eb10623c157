import { ConnectorError, defineAction } from '#sdk'
import { apiUrl } from '../api/address.js'
import { call } from '../api/call.js'
import { readOutcomes } from '../write/read_outcomes.js'
import type { WriteReply } from '../write/write_reply.js'
import { checked } from './checked.js'
import { MODULE, RECORD_ID } from './inputs.js'
import { judge, moduleName, recordId } from './problems.js'

export const addNote = checked(
  defineAction({
    name: 'add_note',
    title: 'Add a note',
    help: 'Puts a note under a record. Doing it twice puts two.',
    isWriting: true,
    inputs: [
      MODULE,
      RECORD_ID,
      { name: 'title', title: 'Title', type: 'text' },
      { name: 'content', title: 'Note', type: 'multiline', required: true },
    ],
    problems: (inputs) =>
      judge(inputs, {
        module: moduleName,
        record_id: recordId,
        title: (value) =>
          String(value).length <= 120 ? null : 'The title of a note has 120 characters at most.',
      }),
    async run(ctx, inputs) {
      const parent = { id: inputs.record_id, module: { api_name: inputs.module } }
      const note = {
        Note_Content: inputs.content,
        Parent_Id: parent,
        ...(inputs.title === null ? {} : { Note_Title: inputs.title }),
      }
      const request = {
        method: 'POST' as const,
        url: apiUrl(ctx, '/Notes'),
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ data: [note] }),
        credits: 1,
      }
      const reply = await call<WriteReply>(ctx, request, 'write')
      const [outcome] = readOutcomes(reply.body ?? { data: [] }, 1, 'created')
      if ('message' in outcome) throw new ConnectorError('config', outcome.message)
      return { id: outcome.id }
    },
  })
)
