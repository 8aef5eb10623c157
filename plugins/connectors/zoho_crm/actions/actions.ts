import type { Action } from '#sdk'
import { addAttachment } from './add_attachment.js'
import { addNote } from './add_note.js'
import { createRecords } from './create_records.js'
import { deleteRecords } from './delete_records.js'
import { getRecord } from './get_record.js'
import { listAttachments } from './list_attachments.js'
import { listDeleted } from './list_deleted.js'
import { listRecords } from './list_records.js'
import { listRelated } from './list_related.js'
import { rawRequest } from './raw_request.js'
import { runCoql } from './run_coql.js'
import { searchRecords } from './search_records.js'
import { updateRecords } from './update_records.js'
import { upsertRecords } from './upsert_records.js'

/** In the order in which people look for them. */
export const actions: Action[] = [
  getRecord,
  listRecords,
  searchRecords,
  runCoql,
  createRecords,
  updateRecords,
  upsertRecords,
  deleteRecords,
  listRelated,
  listDeleted,
  addNote,
  listAttachments,
  addAttachment,
  rawRequest,
]
