import { defineConnector } from '#sdk'
import { checkConnection } from './check_connection.js'
import { countTable } from './count_table.js'
import { describeTable } from './describe_table.js'
import { highWater } from './high_water.js'
import { listTables } from './list_tables.js'
import { readTable } from './read_table.js'
import { createTable } from './write/create_table.js'
import { flagging } from './write/flag_rows.js'
import { lookupRows } from './write/lookup_rows.js'
import { tableRoutes } from './write/routes.js'
import { search } from './write/search_rows.js'

export default defineConnector({
  title: 'PostgreSQL',
  auth: {
    type: 'custom',
    secrets: [{ name: 'password', title: 'Password', type: 'text' }],
  },
  settings: [
    { name: 'host', title: 'Host', type: 'text', required: true, default: '127.0.0.1' },
    { name: 'port', title: 'Port', type: 'integer', required: true, default: 5432 },
    { name: 'database', title: 'Database', type: 'text', required: true },
    { name: 'schema', title: 'Schema', type: 'text', required: true, default: 'public' },
    {
      name: 'user',
      title: 'User',
      type: 'text',
      required: true,
      help: 'To read, SELECT is enough; to write, also INSERT and UPDATE, DELETE for services that delete, and CREATE for new tables.',
    },
    {
      name: 'tls',
      title: 'Encrypt (TLS)',
      type: 'boolean',
      default: false,
      help: 'Needed by most databases in a cloud.',
    },
    {
      name: 'tlsVerify',
      title: 'Verify the certificate',
      type: 'boolean',
      default: true,
      help: 'Off accepts a self-signed certificate, and whoever shows one.',
    },
  ],
  check: checkConnection,
  discover: {
    list: listTables,
    describe: describeTable,
    read: readTable,
    count: countTable,
    highWater,
    routes: tableRoutes,
    lookup: lookupRows,
    search,
    flagging,
    create: createTable,
  },
})
