import { defineAction } from '#sdk'
import { checked } from './checked.js'
import { AUTOMATIONS, MODULE } from './inputs.js'
import { judge, moduleName, records } from './problems.js'
import { writeRecords } from './write_records.js'

export const createRecords = checked(
  defineAction({
    name: 'create_records',
    title: 'Create records',
    help: 'Adds one record, or a list of up to 100. Doing it twice makes twins.',
    isWriting: true,
    inputs: [
      MODULE,
      {
        name: 'records',
        title: 'Record, or list of records',
        type: 'json',
        required: true,
        example: '{ "Last_Name": "Lovelace", "Email": "ada@example.com" }',
      },
      AUTOMATIONS,
    ],
    problems: (inputs) => judge(inputs, { module: moduleName, records }),
    run: (ctx, inputs) =>
      writeRecords(ctx, inputs, { method: 'POST', path: `/${inputs.module}`, verb: 'created' }),
  })
)
