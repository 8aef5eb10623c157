import { defineConnector } from '#sdk'
import { checkFile } from './check_file.js'
import { countRows } from './count_rows.js'
import { describeFile } from './describe_file.js'
import { readFile } from './read_file.js'
import { routes } from './write/routes.js'
import { writeOptions } from './write/write_options.js'

export default defineConnector({
  title: 'CSV file',
  auth: { type: 'none' },
  settings: [
    {
      name: 'file',
      title: 'File',
      type: 'text',
      required: true,
      help: 'The name of a file that was uploaded, or of one that is to be written.',
    },
    {
      name: 'delimiter',
      title: 'Between the columns',
      type: 'choice',
      choices: ['auto', 'comma', 'semicolon', 'tab', 'pipe'],
      default: 'auto',
    },
    {
      name: 'encoding',
      title: 'Encoding',
      type: 'choice',
      choices: [
        'auto',
        'utf-8',
        'utf-16le',
        'utf-16be',
        'windows-1250',
        'windows-1251',
        'windows-1252',
        'shift_jis',
        'gb18030',
      ],
      default: 'auto',
      help: 'Auto knows UTF-8 and UTF-16, and takes all else for windows-1252; the test says which.',
    },
    {
      name: 'header',
      title: 'The first row holds the names of the columns',
      type: 'boolean',
      default: true,
    },
    {
      name: 'key',
      title: 'Key columns',
      type: 'text',
      help: 'The columns that identify a row, with commas between. Left empty, the row number does.',
    },
    {
      name: 'columns',
      title: 'Columns to write',
      type: 'text',
      help: 'Only for a file that a service writes: its columns, with commas between. The file need not be there yet, and needs key columns.',
    },
  ],
  check: checkFile,
  discover: {
    list: async (ctx) => {
      const file = String(ctx.settings.file)
      return [{ name: file, title: file }]
    },
    describe: describeFile,
    read: readFile,
    count: countRows,
    routes,
    writeOptions,
  },
})
