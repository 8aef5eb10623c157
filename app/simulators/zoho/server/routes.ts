import { createReadJob } from '../bulk/create_read_job.js'
import { downloadRead } from '../bulk/download_read.js'
import { showReadJob } from '../bulk/show_read_job.js'
import { createBulkJob } from '../bulk/create_bulk_job.js'
import { downloadResult } from '../bulk/download_result.js'
import { showBulkJob } from '../bulk/show_bulk_job.js'
import { uploadFile } from '../bulk/upload_file.js'
import { compositeRoute } from '../composite/composite_route.js'
import { coqlCost, runCoql } from '../coql/run_coql.js'
import { listWatch, unwatch } from '../notifications/list_watch.js'
import { changeWatch, replaceWatch, watch } from '../notifications/watch_actions.js'
import { deleteRecord, deleteRecords } from '../records/delete_records.js'
import { getRecord } from '../records/get_record.js'
import { insertRecords } from '../records/insert_records.js'
import { listDeleted } from '../records/list_deleted.js'
import { listRecords } from '../records/list_records.js'
import { searchRecords } from '../records/search_records.js'
import { updateRecord, updateRecords } from '../records/update_records.js'
import { upsertRecords } from '../records/upsert_records.js'
import { relatedRoutes } from '../related/related_routes.js'
import { rowCount } from '../records/write_rows.js'
import { actionRoutes } from './action_routes.js'
import type { Call } from './call.js'
import type { Route } from './route.js'
import { settingsRoutes } from './settings_routes.js'

const perTenRecords = (call: Call) => Math.max(1, Math.ceil(rowCount(call) / 10))
const isLargeWrite = (call: Call) => rowCount(call) > 10
const isSortedList = ({ query }: Call) => query.has('sort_by') || query.has('cvid')
const write = { cost: perTenRecords, isHeavy: isLargeWrite }

const uploadCost = ({ org }: Call) => org.options.uploadCredits
const pollCost = ({ org }: Call) => org.options.pollCredits
const downloadCost = ({ org }: Call) => org.options.downloadCredits
const bulkWriteCost = ({ org }: Call) => org.options.bulkWriteCredits
const bulkReadCost = ({ org }: Call) => org.options.bulkReadCredits
function listCost({ org, query }: Call) {
  if (query.has('cvid')) return org.options.viewCredits
  return query.has('sort_by') ? org.options.sortedCredits : 1
}

const watchPath = '/crm/actions/watch'
const result = '/{version}/crm/{org}/bulk-write/{job}/{file}'

/** The first route whose path fits wins, so fixed names stand before `{module}`. */
const plain: readonly Route[] = [
  ...settingsRoutes,
  { method: 'POST', path: '/crm/upload', run: uploadFile, cost: uploadCost },
  { method: 'POST', path: '/crm/bulk/write', run: createBulkJob, cost: bulkWriteCost },
  { method: 'GET', path: '/crm/bulk/write/{job}', run: showBulkJob, cost: pollCost },
  { method: 'POST', path: '/crm/bulk/read', run: createReadJob, cost: bulkReadCost },
  { method: 'GET', path: '/crm/bulk/read/{job}', run: showReadJob, cost: pollCost },
  { method: 'GET', path: '/crm/bulk/read/{job}/result', run: downloadRead, cost: downloadCost },
  { method: 'GET', path: result, run: downloadResult, cost: downloadCost },
  { method: 'GET', path: watchPath, run: listWatch },
  { method: 'POST', path: watchPath, run: watch },
  { method: 'PUT', path: watchPath, run: replaceWatch },
  { method: 'PATCH', path: watchPath, run: changeWatch },
  { method: 'DELETE', path: watchPath, run: unwatch },
  { method: 'POST', path: '/crm/coql', run: runCoql, cost: coqlCost, isHeavy: () => true },
  ...actionRoutes,
  ...relatedRoutes,
  { method: 'POST', path: '/crm/{module}/upsert', run: upsertRecords, ...write },
  { method: 'GET', path: '/crm/{module}/search', run: searchRecords },
  { method: 'GET', path: '/crm/{module}/deleted', run: listDeleted },
  { method: 'GET', path: '/crm/{module}', run: listRecords, cost: listCost, isHeavy: isSortedList },
  { method: 'POST', path: '/crm/{module}', run: insertRecords, ...write },
  { method: 'PUT', path: '/crm/{module}', run: updateRecords, ...write },
  { method: 'DELETE', path: '/crm/{module}', run: deleteRecords },
  { method: 'GET', path: '/crm/{module}/{id}', run: getRecord },
  { method: 'PUT', path: '/crm/{module}/{id}', run: updateRecord, ...write },
  { method: 'DELETE', path: '/crm/{module}/{id}', run: deleteRecord },
]

export const routes: readonly Route[] = [compositeRoute(plain), ...plain]
