import { listLayouts, showLayout } from '../metadata/show_layouts.js'
import { listFields, listModules, showField, showModule } from '../metadata/show_metadata.js'
import { showOrg } from '../metadata/show_org.js'
import { showPipeline } from '../metadata/show_pipeline.js'
import { listRelatedLists } from '../metadata/show_related_lists.js'
import { listUsers, showUser } from '../metadata/show_users.js'
import { listViews, showView } from '../metadata/show_views.js'
import { listTags } from '../tags/list_tags.js'
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
  { method: 'GET', path: '/crm/settings/layouts', run: listLayouts },
  { method: 'GET', path: '/crm/settings/layouts/{layout}', run: showLayout },
  { method: 'GET', path: '/crm/settings/related_lists', run: listRelatedLists },
  { method: 'GET', path: '/crm/settings/custom_views', run: listViews },
  { method: 'GET', path: '/crm/settings/custom_views/{view}', run: showView },
  { method: 'GET', path: '/crm/settings/tags', run: listTags },
  { method: 'GET', path: '/crm/settings/pipeline', run: showPipeline },
]
