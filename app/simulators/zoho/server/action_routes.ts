import { convertLead } from '../leads/convert_lead.js'
import { inModule } from '../records/in_module.js'
import { countRecords } from '../records/count_records.js'
import { addTags, removeTags, tagCost } from '../tags/change_tags.js'
import type { Call } from './call.js'
import type { Route } from './route.js'

const many = '/crm/{module}/actions'
const one = '/crm/{module}/{id}/actions'
const convert = {
  run: inModule('Leads', convertLead),
  cost: ({ org }: Call) => org.options.convertCredits,
  isHeavy: () => true,
}

/** What is done with records besides reading and writing them. */
export const actionRoutes: readonly Route[] = [
  { method: 'GET', path: `${many}/count`, run: countRecords },
  { method: 'POST', path: '/crm/Leads/{id}/actions/convert', ...convert },
  { method: 'POST', path: `${many}/add_tags`, run: addTags, cost: tagCost },
  { method: 'POST', path: `${many}/remove_tags`, run: removeTags, cost: tagCost },
  { method: 'POST', path: `${one}/add_tags`, run: addTags, cost: tagCost },
  { method: 'POST', path: `${one}/remove_tags`, run: removeTags, cost: tagCost },
]
