import { defineAction } from '#sdk'
import { zohoInstant } from '../read/zoho_instant.js'
import { askRows } from './ask_rows.js'
import { checked } from './checked.js'
import { MODULE, PAGE, PER_PAGE } from './inputs.js'
import { instant, judge, moduleName, page, perPage } from './problems.js'

export const listDeleted = checked(
  defineAction({
    name: 'list_deleted',
    title: 'List deleted records',
    help: 'Reads who deleted which records and when. Zoho forgets them after 60 to 120 days.',
    isWriting: false,
    inputs: [
      MODULE,
      {
        name: 'type',
        title: 'Which',
        type: 'choice',
        choices: ['all', 'recycle', 'permanent'],
        default: 'all',
      },
      {
        name: 'since',
        title: 'Deleted since',
        type: 'text',
        example: '2026-11-20T09:30:00+01:00',
      },
      PAGE,
      PER_PAGE,
    ],
    problems: (inputs) =>
      judge(inputs, { module: moduleName, since: instant, page, per_page: perPage }),
    run(ctx, { module, since, ...query }) {
      const path = `/${module}/deleted`
      if (since === null) return askRows(ctx, { path, query })
      const headers = { 'if-modified-since': zohoInstant(since, 'down') }
      return askRows(ctx, { path, query, headers })
    },
  })
)
