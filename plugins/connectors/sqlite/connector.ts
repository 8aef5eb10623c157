import { defineConnector } from '#sdk'
import { checkFile } from './check_file.js'
import { countTable } from './count_table.js'
import { describeTable } from './describe_table.js'
import { highWater } from './high_water.js'
import { listTables } from './list_tables.js'
import { readTable } from './read_table.js'

export default defineConnector({
  title: 'SQLite file',
  auth: { type: 'none' },
  settings: [
    {
      name: 'file',
      title: 'File',
      type: 'text',
      required: true,
      help: 'The name of a database file that was uploaded. It is opened for reading only.',
    },
  ],
  check: checkFile,
  discover: {
    list: listTables,
    describe: describeTable,
    read: readTable,
    count: countTable,
    highWater,
  },
})
