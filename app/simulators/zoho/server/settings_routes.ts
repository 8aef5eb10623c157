import { listFields, listModules, showField, showModule } from '../metadata/show_metadata.js'
import { showOrg } from '../metadata/show_org.js'
import { listUsers, showUser } from '../metadata/show_users.js'
import type { Route } from './route.js'

/** What an org says of itself. */
export const settingsRoutes: readonly Route[] = [
  { method: 'GET', path: '/crm/org', run: showOrg },
  { method: 'GET', path: '/crm/users', run: listUsers },
  { method: 'GET', path: '/crm/users/{user}', run: showUser },
  { method: 'GET', path: '/crm/settings/modules', run: listModules },
  { method: 'GET', path: '/crm/settings/modules/{name}', run: showModule },
  { method: 'GET', path: '/crm/settings/fields', run: listFields },
  { method: 'GET', path: '/crm/settings/fields/{field}', run: showField },
]
