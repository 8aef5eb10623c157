import { defineConnector, type Value } from '#sdk'
import { actions } from './actions/actions.js'
import { refusal } from './api/refusal.js'
import { checkConnection } from './check_connection.js'
import { dataCentres } from './data_centres.js'
import { describeStream } from './describe/describe_stream.js'
import { listStreams } from './describe/list_streams.js'
import { lookupCost } from './lookup/lookup_cost.js'
import { lookupRecords } from './lookup/lookup_records.js'
import { search } from './lookup/search.js'
import { counted } from './read/counted.js'
import { highWater } from './read/high_water.js'
import { countRecords } from './read/count_records.js'
import { readDeleted } from './read/read_deleted.js'
import { readRoutes } from './read/read_routes.js'
import { readStream } from './read/read_stream.js'
import { findReferences } from './references/find_references.js'
import { expectReferences, priceReferences } from './references/price_references.js'
import { scopes } from './scopes.js'
import { settings } from './settings.js'
import { webhooks } from './webhooks/webhooks.js'
import { routes } from './write/routes.js'
import { writeOptions } from './write/write_options.js'

const centres: { [choice: string]: { [name: string]: Value } } = dataCentres

export default defineConnector({
  title: 'Zoho CRM',
  auth: {
    type: 'oauth2',
    authorizeUrl: '{accountsUrl}/oauth/v2/auth',
    tokenUrl: '{accountsUrl}/oauth/v2/token',
    header: 'Zoho-oauthtoken {token}',
    keep: { api_domain: 'apiUrl' },
    expired: { status: 401, codes: ['INVALID_TOKEN', 'AUTHENTICATION_FAILURE'] },
    authorizeParams: { access_type: 'offline', prompt: 'consent' },
    scopes,
    scopeSeparator: ',',
    revokeUrl: '{accountsUrl}/oauth/v2/token/revoke',
    places: {
      place: 'location',
      server: 'accounts-server',
      setting: 'dataCentre',
      url: 'accountsUrl',
    },
    pastedCode: {
      help: 'In the API console open your Self Client, choose Generate Code, paste the scopes shown here, and copy the code. It is good for as long as you chose there, ten minutes at most.',
    },
    clientCredentials: {
      params: { soid: 'ZohoCRM.{orgId}' },
      needs: ['orgId'],
      help: 'Acts as the owner of the Self Client, without a refresh token. Needs the org id (zgid), which Zoho CRM shows under Setup, Company Details.',
    },
    mostConsents: 20,
  },
  settings,
  derived: { dataCentre: centres },
  limits: {
    concurrency: 5,
    lanes: { heavy: 10 },
    remainingHeader: 'x-api-credits-remaining',
    refusal,
  },
  check: checkConnection,
  discover: {
    list: listStreams,
    describe: describeStream,
    read: readStream,
    readRoutes,
    count: countRecords,
    counted,
    asking: { count: 1, highWater: 1 },
    readDeleted,
    highWater,
    routes,
    writeOptions,
    lookup: lookupRecords,
    lookupCost,
    priceReferences,
    expectReferences,
    findReferences,
    search,
  },
  actions,
  webhooks,
})
