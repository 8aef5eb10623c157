import { recordInPath } from '../records/find_record.js'
import { readFields, readPaging } from '../records/read_paging.js'
import { authorOf, writtenReply } from '../records/write_rows.js'
import { ApiFault } from '../server/api_fault.js'
import type { Call, Reply } from '../server/call.js'
import { fileReply } from '../server/file_reply.js'
import { readForm } from '../server/read_form.js'
import { renderRecord } from '../store/render_record.js'
import type { WriteContext } from '../store/record_store.js'
import type { StoredRecord, StoredValue } from '../store/stored_record.js'
import { keepFile } from './keep_file.js'
import { readParts } from './read_parts.js'

function demandRecord(call: Call) {
  const record = recordInPath(call)
  if (record) return record
  throw new ApiFault(400, 'INVALID_DATA', 'the related id given seems to be invalid', {
    resource_path_index: 1,
  })
}

function tableOf({ org }: Call) {
  const table = org.store.tables.get('Attachments')
  if (!table) throw new Error('The org has no module for attachments')
  return table
}

const contextOf = (call: Call): WriteContext => ({
  at: call.org.clock.now(),
  via: 'rest',
  trigger: null,
  match: null,
  searchLagMs: 0,
  by: authorOf(call),
})

/** Either a file, or the address of one that stays where it is. */
function readAttachment(call: Call): Record<string, StoredValue> {
  const { files, parts } = readParts(call)
  const form = readForm(call.query, call.body, call.header('content-type') ?? '')
  const link = form.get('attachmentUrl') ?? form.get('attachment_url')
  if (files.length > 1 || (link && files.length > 0)) {
    const details = { param_names: parts.map(({ name }) => name) }
    throw new ApiFault(400, 'AMBIGUITY_DURING_PROCESSING', 'one file or one address', details)
  }
  if (files.length === 1) {
    const [{ fileName, bytes }] = files
    const file = keepFile(call.org, fileName ?? 'file', bytes)
    return { File_Name: file.name, Size: String(bytes.length), $file_id: file.id, $link_url: null }
  }
  if (!link) {
    throw new ApiFault(400, 'REQUIRED_PARAM_MISSING', 'file is missing', { param_name: 'file' })
  }
  if (!URL.canParse(link)) {
    throw new ApiFault(400, 'INVALID_DATA', 'invalid data', { param_name: 'attachmentUrl' })
  }
  const name = form.get('title') ?? new URL(link).pathname.split('/').at(-1)
  return { File_Name: name || link, Size: '0', $file_id: null, $link_url: link }
}

export function addAttachment(call: Call): Reply {
  const parent = demandRecord(call)
  const values = { ...readAttachment(call), Parent_Id: parent.id }
  const record = call.org.store.insert(tableOf(call), values, contextOf(call))
  const reply = writtenReply(call, record, 'insert')
  return {
    status: 200,
    body: { data: [{ ...reply, message: 'attachment uploaded successfully' }] },
  }
}

function render(call: Call, record: StoredRecord, fields: readonly string[]) {
  const { $file_id: file = null, $link_url: link = null } = record.values
  const shown = renderRecord(call.org, tableOf(call), record, fields)
  const type = link === null ? 'Attachment' : 'Link URL'
  return { ...shown, $file_id: file, $link_url: link, $type: type, $attachment_type: null }
}

export function listAttachments(call: Call): Reply {
  const fields = readFields(call)
  const { page, perPage } = readPaging(call)
  const all = tableOf(call).links.get('Parent_Id')?.findAll(demandRecord(call).id) ?? []
  const data = all
    .slice((page - 1) * perPage, page * perPage)
    .map((record) => render(call, record, fields))
  if (data.length === 0) return { status: 204 }
  const isMore = all.length > page * perPage
  const info = { per_page: perPage, count: data.length, page, more_records: isMore }
  return { status: 200, body: { data, info } }
}

function findAttachment(call: Call) {
  const record = tableOf(call).byId.get(call.params.attachment)
  return record?.values.Parent_Id === demandRecord(call).id ? record : undefined
}

export function downloadAttachment(call: Call): Reply {
  const record = findAttachment(call)
  if (!record) return { status: 204 }
  const file = call.org.files.get(String(record.values.$file_id))
  if (file) return fileReply(file.name, file.bytes, 'application/x-download')
  throw new ApiFault(400, 'DOWNLOAD_NOT_ALLOWED', 'a linked file cannot be downloaded', {
    id: record.id,
  })
}

export function removeAttachment(call: Call): Reply {
  const record = findAttachment(call)
  if (!record) {
    const details = { resource_path_index: 3 }
    throw new ApiFault(400, 'INVALID_DATA', 'the related id given seems to be invalid', details)
  }
  call.org.store.remove(tableOf(call), record, contextOf(call))
  call.org.files.delete(String(record.values.$file_id))
  const details = { id: record.id }
  const entry = { code: 'SUCCESS', details, message: 'record deleted', status: 'success' }
  return { status: 200, body: { data: [entry] } }
}
