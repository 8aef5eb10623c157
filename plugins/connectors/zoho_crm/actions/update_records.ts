import { defineAction } from '#sdk'
import { checked } from './checked.js'
import { AUTOMATIONS, MODULE } from './inputs.js'
import { judge, moduleName, recordsWithId } from './problems.js'
import { writeRecords } from './write_records.js'

export const updateRecords = checked(
  defineAction({
    name: 'update_records',
    title: 'Update records',
    help: 'Changes the given fields of one record, or of up to 100, each named by its id.',
    isWriting: true,
    inputs: [
      MODULE,
      {
        name: 'records',
        title: 'Record, or list of records',
        type: 'json',
        required: true,
        help: 'Each with its "id". Fields that are left out stay as they are.',
        example: '{ "id": "5725767000000411001", "Phone": "+44 20 7946 0018" }',
      },
      AUTOMATIONS,
    ],
    problems: (inputs) => judge(inputs, { module: moduleName, records: recordsWithId }),
    run: (ctx, inputs) =>
      writeRecords(ctx, inputs, { method: 'PUT', path: `/${inputs.module}`, verb: 'updated' }),
  })
)
