import { defineAction } from '#sdk'
import { askRows } from './ask_rows.js'
import { checked } from './checked.js'
import { FIELDS, MODULE, PAGE, PER_PAGE, RECORD_ID } from './inputs.js'
import { fieldNames, judge, moduleName, namesIn, page, perPage, recordId } from './problems.js'

export const listRelated = checked(
  defineAction({
    name: 'list_related',
    title: 'List related records',
    help: 'Reads a related list of one record, for example the contacts of an account.',
    isWriting: false,
    inputs: [
      MODULE,
      RECORD_ID,
      {
        name: 'related_list',
        title: 'Related list',
        type: 'text',
        required: true,
        help: 'Its API name, as the settings of related lists show it.',
        example: 'Contacts',
      },
      FIELDS,
      PAGE,
      PER_PAGE,
    ],
    problems: (inputs) =>
      judge(inputs, {
        module: moduleName,
        record_id: recordId,
        related_list: (value, all) =>
          moduleName(value, all) && `"${String(value)}" is no API name of a related list.`,
        fields: fieldNames,
        page,
        per_page: perPage,
      }),
    run(ctx, { module, record_id: id, related_list: list, fields, ...query }) {
      const path = `/${module}/${id}/${list}`
      return askRows(ctx, { path, query: { ...query, fields: namesIn(fields).join(',') } })
    },
  })
)
