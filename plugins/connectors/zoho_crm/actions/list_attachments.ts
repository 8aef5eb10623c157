import { defineAction } from '#sdk'
import { askRows } from './ask_rows.js'
import { checked } from './checked.js'
import { FIELDS, MODULE, PAGE, PER_PAGE, RECORD_ID } from './inputs.js'
import { fieldNames, judge, moduleName, namesIn, page, perPage, recordId } from './problems.js'

export const listAttachments = checked(
  defineAction({
    name: 'list_attachments',
    title: 'List attachments',
    help: 'Reads name, size, owner and time of the files and links under a record.',
    isWriting: false,
    inputs: [
      MODULE,
      RECORD_ID,
      { ...FIELDS, default: 'id, File_Name, Size, Created_Time, Owner' },
      PAGE,
      PER_PAGE,
    ],
    problems: (inputs) =>
      judge(inputs, {
        module: moduleName,
        record_id: recordId,
        fields: fieldNames,
        page,
        per_page: perPage,
      }),
    run(ctx, { module, record_id: id, fields, ...query }) {
      const path = `/${module}/${id}/Attachments`
      return askRows(ctx, { path, query: { ...query, fields: namesIn(fields).join(',') } })
    },
  })
)
