import { defineConnector } from '#sdk'
import { checkEndpoint } from './check_endpoint.js'
import { describeEndpoint } from './describe_endpoint.js'
import { parseStreams } from './parse_streams.js'
import { readList } from './read/read_list.js'
import { secrets, settings } from './settings.js'
import { routes } from './write/routes.js'
import { writeOptions } from './write/write_options.js'

export default defineConnector({
  title: 'HTTP endpoint',
  auth: { type: 'custom', secrets },
  settings,
  limits: { concurrency: 4 },
  check: checkEndpoint,
  discover: {
    list: async (ctx) => parseStreams(ctx).map(({ name }) => ({ name, title: name })),
    describe: describeEndpoint,
    read: readList,
    routes,
    writeOptions,
  },
})
