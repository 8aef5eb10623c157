import {
  addAttachment,
  downloadAttachment,
  listAttachments,
  removeAttachment,
} from '../files/attachments.js'
import { downloadFile, uploadFiles } from '../files/upload_files.js'
import { deleteRecord, deleteRecords } from '../records/delete_records.js'
import { getRecord } from '../records/get_record.js'
import { inModule } from '../records/in_module.js'
import { insertRecords } from '../records/insert_records.js'
import { listRecords } from '../records/list_records.js'
import { updateRecord, updateRecords } from '../records/update_records.js'
import { rowCount } from '../records/write_rows.js'
import { ApiFault } from '../server/api_fault.js'
import type { Call } from '../server/call.js'
import type { Route } from '../server/route.js'
import { addNotes } from './add_notes.js'
import { addRelated, removeRelated } from './change_related.js'
import { listNotes, listRelated } from './list_related.js'

const attachments = '/crm/{module}/{id}/Attachments'
const related = '/crm/{module}/{id}/{related}'
const perTen = { cost: (call: Call) => Math.max(1, Math.ceil(rowCount(call) / 10)) }
const ofNotes = (run: Route['run']) => inModule('Notes', run)

/** Only an administrator sees the notes of all. */
function listAllNotes(call: Call) {
  if (call.org.member(call.user.id)?.person.isAdmin) return listRecords(call)
  throw new ApiFault(403, 'NO_PERMISSION', 'permission denied', {
    permissions: ['Crm_Implied_Admin'],
  })
}

/** Files, notes and what hangs on records. */
export const relatedRoutes: readonly Route[] = [
  { method: 'POST', path: '/crm/files', run: uploadFiles },
  { method: 'GET', path: '/crm/files', run: downloadFile },
  { method: 'GET', path: '/crm/Notes', run: ofNotes(listAllNotes) },
  { method: 'POST', path: '/crm/Notes', run: ofNotes(insertRecords), ...perTen },
  { method: 'PUT', path: '/crm/Notes', run: ofNotes(updateRecords), ...perTen },
  { method: 'DELETE', path: '/crm/Notes', run: ofNotes(deleteRecords) },
  { method: 'GET', path: '/crm/Notes/{id}', run: ofNotes(getRecord) },
  { method: 'PUT', path: '/crm/Notes/{id}', run: ofNotes(updateRecord) },
  { method: 'DELETE', path: '/crm/Notes/{id}', run: ofNotes(deleteRecord) },
  { method: 'GET', path: attachments, run: listAttachments },
  { method: 'POST', path: attachments, run: addAttachment },
  { method: 'GET', path: `${attachments}/{attachment}`, run: downloadAttachment },
  { method: 'DELETE', path: `${attachments}/{attachment}`, run: removeAttachment },
  { method: 'GET', path: '/crm/{module}/{id}/Notes', run: listNotes },
  { method: 'POST', path: '/crm/{module}/{id}/Notes', run: addNotes, ...perTen },
  { method: 'GET', path: related, run: listRelated },
  { method: 'PUT', path: related, run: addRelated },
  { method: 'DELETE', path: related, run: removeRelated },
  { method: 'PUT', path: `${related}/{relatedId}`, run: addRelated },
  { method: 'DELETE', path: `${related}/{relatedId}`, run: removeRelated },
]
