import { ApiFault } from '../server/api_fault.js'
import type { Call, Reply } from '../server/call.js'
import type { JobTaken } from '../store/truth_line.js'
import type { UploadedFile } from './bulk_job.js'
import { openJob } from './open_job.js'
import { readOperation, readResource, readTable } from './read_order.js'
import { runBulkJob } from './run_bulk_job.js'
import { readZip } from './zip_files.js'

async function openZip({ bytes }: UploadedFile) {
  try {
    return await readZip(bytes)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ApiFault(400, 'INVALID_FILE_FORMAT', 'the zip cannot be read', { reason })
  }
}

async function readText(file: UploadedFile, wanted: unknown, encoding: unknown) {
  const files = await openZip(file)
  const name = Array.isArray(wanted) ? String(wanted[0]) : [...files.keys()][0]
  const bytes = files.get(name)
  if (!bytes || (!Array.isArray(wanted) && files.size > 1)) {
    throw new ApiFault(400, 'FILE_NOT_FOUND', 'the zip holds no such file', { file_names: wanted })
  }
  if (encoding !== undefined && encoding !== 'UTF-8') {
    const details = { api_name: 'character_encoding' }
    throw new ApiFault(400, 'INVALID_DATA', 'only UTF-8 is simulated', details)
  }
  return { name, text: bytes.toString('utf8') }
}

export async function createBulkJob(call: Call): Promise<Reply> {
  const { org } = call
  const sent = call.json()
  readOperation(sent)
  const resource = readResource(sent)
  readTable(org.store, resource)
  const file = org.uploads.get(String(resource.file_id))
  if (!file) throw new ApiFault(400, 'INVALID_FILE_ID', 'the file id is not valid')
  const { name, text } = await readText(file, resource.file_names, sent.character_encoding)
  const taken: JobTaken = {
    job: 'taken',
    id: org.ids.next(),
    sent,
    fileName: name,
    csv: text,
    createdAt: org.clock.now(),
    mustFail: call.fault('job_failed') !== undefined,
    partial: call.fault('partial') ?? null,
    searchLagMs: call.fault('late_index')?.ms ?? org.options.searchLagMs,
  }
  const job = openJob(org, taken)
  org.truth?.append(taken)
  void runBulkJob(org, job)
  const { id, name: userName } = org.user
  const details = { id: taken.id, created_by: { id, name: userName } }
  return { status: 201, body: { status: 'success', code: 'SUCCESS', message: 'success', details } }
}
