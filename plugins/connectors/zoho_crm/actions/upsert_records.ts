import { defineAction, type Value } from '#sdk'
import { checked } from './checked.js'
import { AUTOMATIONS, MODULE } from './inputs.js'
import { fieldNames, judge, moduleName, namesIn, records } from './problems.js'
import { writeRecords } from './write_records.js'

const WITHOUT_UPSERT = ['Tasks', 'Events', 'Calls']

export const upsertRecords = checked(
  defineAction({
    name: 'upsert_records',
    title: 'Create or update records',
    help: 'Updates the records that are there already, recognised by a unique field, and adds the others.',
    isWriting: true,
    inputs: [
      MODULE,
      {
        name: 'records',
        title: 'Record, or list of records',
        type: 'json',
        required: true,
        example: '[{ "Email": "ada@example.com", "Last_Name": "Lovelace" }]',
      },
      {
        name: 'match',
        title: 'Recognise by',
        type: 'text',
        help: "Unique fields in the order of checking, with commas between. Left empty, Zoho uses the module's own.",
        example: 'Email',
      },
      AUTOMATIONS,
    ],
    problems: (inputs) =>
      judge(inputs, {
        match: fieldNames,
        records,
        module: (value, all) =>
          WITHOUT_UPSERT.includes(String(value))
            ? `Zoho cannot upsert ${String(value)}: create or update them.`
            : moduleName(value, all),
      }),
    run(ctx, inputs) {
      const match: { [name: string]: Value } =
        inputs.match === null ? {} : { duplicate_check_fields: namesIn(inputs.match) }
      const path = `/${inputs.module}/upsert`
      return writeRecords(ctx, inputs, { method: 'POST', path, verb: 'updated', more: match })
    },
  })
)
