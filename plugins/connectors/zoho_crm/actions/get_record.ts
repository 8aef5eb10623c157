import { defineAction, type Value } from '#sdk'
import { apiUrl } from '../api/address.js'
import { call } from '../api/call.js'
import { checked } from './checked.js'
import { FIELDS, MODULE, RECORD_ID } from './inputs.js'
import { fieldNames, judge, moduleName, namesIn, recordId } from './problems.js'

export const getRecord = checked(
  defineAction({
    name: 'get_record',
    title: 'Get a record',
    help: 'Reads one record with its subforms. The answer is null where Zoho has none with this id.',
    isWriting: false,
    inputs: [
      MODULE,
      RECORD_ID,
      { ...FIELDS, required: false, help: 'API names with commas between; all when left empty.' },
    ],
    problems: (inputs) =>
      judge(inputs, { module: moduleName, record_id: recordId, fields: fieldNames }),
    async run(ctx, inputs) {
      const fields = namesIn(inputs.fields).join(',')
      const query = fields === '' ? '' : `?${new URLSearchParams({ fields })}`
      const url = apiUrl(ctx, `/${inputs.module}/${inputs.record_id}${query}`)
      const { body } = await call<{ data?: Value[] }>(
        ctx,
        { method: 'GET', url, credits: 1 },
        'read'
      )
      return body?.data?.[0] ?? null
    },
  })
)
