import { defineAction, type Value } from '#sdk'
import { askRows } from './ask_rows.js'
import { checked } from './checked.js'
import { FIELDS, MODULE, PAGE, PER_PAGE } from './inputs.js'
import { listPrice } from './list_price.js'
import { fieldNames, judge, moduleName, namesIn, page, perPage, recordId } from './problems.js'

const BY_PAGE = 2000

export const listRecords = checked(
  defineAction({
    name: 'list_records',
    title: 'List records',
    help: 'Reads a page of a module. Beyond 2,000 records go on with the page token of the answer.',
    isWriting: false,
    inputs: [
      MODULE,
      FIELDS,
      PAGE,
      PER_PAGE,
      {
        name: 'sort_by',
        title: 'Sort by',
        type: 'choice',
        choices: ['id', 'Created_Time', 'Modified_Time'],
      },
      { name: 'sort_order', title: 'Order', type: 'choice', choices: ['asc', 'desc'] },
      { name: 'cvid', title: 'Custom view id', type: 'text', help: 'Not together with sorting.' },
      {
        name: 'page_token',
        title: 'Page token',
        type: 'text',
        help: 'Instead of a page; good for a day, with the same other values.',
      },
    ],
    problems: (inputs) =>
      judge(inputs, {
        module: moduleName,
        fields: fieldNames,
        per_page: perPage,
        cvid: (value, all) =>
          all.sort_by === null ? recordId(value, all) : 'A custom view cannot be sorted.',
        page: (value, all) =>
          all.page_token === null && Number(value) * Number(all.per_page) > BY_PAGE
            ? 'Pages reach 2,000 records: go on with the page token of the answer before.'
            : page(value, all),
      }),
    run(ctx, inputs) {
      const { module, page: number, page_token: token, fields, ...others } = inputs
      const query: { [name: string]: Value } = {
        ...others,
        ...(token === null ? { page: number } : { page_token: token }),
        fields: namesIn(fields).join(','),
      }
      return askRows(ctx, { path: `/${module}`, query, price: listPrice(inputs) })
    },
  })
)
