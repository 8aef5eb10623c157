import { defineAction } from '#sdk'
import { askRows } from './ask_rows.js'
import { checked } from './checked.js'
import { FIELDS, MODULE, PAGE, PER_PAGE } from './inputs.js'
import { fieldNames, judge, moduleName, namesIn, page, perPage } from './problems.js'

const MOST_ROWS = 2000
const CRITERION = /\(\s*[\w$.]+\s*:\s*[a-z_]+\s*:/i

export const searchRecords = checked(
  defineAction({
    name: 'search_records',
    title: 'Search records',
    help: 'Searches as the search field of Zoho CRM does: "equals" finds what contains it, and what was just written may be missing.',
    isWriting: false,
    inputs: [
      MODULE,
      {
        name: 'by',
        title: 'Search by',
        type: 'choice',
        choices: ['criteria', 'email', 'phone', 'word'],
        default: 'criteria',
        required: true,
      },
      {
        name: 'term',
        title: 'Term',
        type: 'text',
        required: true,
        help: 'Criteria look like (Last_Name:starts_with:Lo) and may be joined by and, or.',
        example: '(Last_Name:starts_with:Lo)',
      },
      { ...FIELDS, required: false, help: 'API names with commas between; all when left empty.' },
      PAGE,
      PER_PAGE,
    ],
    problems: (inputs) =>
      judge(inputs, {
        module: moduleName,
        fields: fieldNames,
        per_page: perPage,
        term(value, { by }) {
          const text = String(value).trim()
          if (by === 'criteria' && !CRITERION.test(text)) {
            return 'Criteria look like (Last_Name:starts_with:Lo).'
          }
          return by === 'word' && text.length < 2 ? 'Zoho searches for two letters or more.' : null
        },
        page: (value, all) =>
          Number(value) * Number(all.per_page) > MOST_ROWS
            ? 'A search reaches 2,000 records: narrow it, or use a COQL query.'
            : page(value, all),
      }),
    run(ctx, { module, by, term, fields, ...query }) {
      const asked = { ...query, fields: namesIn(fields).join(','), [String(by)]: term }
      return askRows(ctx, { path: `/${module}/search`, query: asked })
    },
  })
)
