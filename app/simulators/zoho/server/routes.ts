import { listFields, listModules } from '../metadata/show_metadata.js'
import { listUsers, showOrg } from '../metadata/show_org.js'
import { upsertRecords } from '../records/upsert_records.js'
import { rowCount } from '../records/write_rows.js'
import type { Call } from './call.js'
import type { Route } from './route.js'

const perTenRecords = (call: Call) => Math.max(1, Math.ceil(rowCount(call) / 10))
const isLargeWrite = (call: Call) => rowCount(call) > 10
const write = { cost: perTenRecords, isHeavy: isLargeWrite }

/** The first route whose path fits wins, so fixed names stand before `{module}`. */
export const routes: readonly Route[] = [
  { method: 'GET', path: '/crm/org', run: showOrg },
  { method: 'GET', path: '/crm/users', run: listUsers },
  { method: 'GET', path: '/crm/settings/modules', run: listModules },
  { method: 'GET', path: '/crm/settings/fields', run: listFields },
  { method: 'POST', path: '/crm/{module}/upsert', run: upsertRecords, ...write },
]
