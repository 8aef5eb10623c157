import { ApiFault } from '../server/api_fault.js'
import type { Call, Reply } from '../server/call.js'
import { authorOf } from '../records/write_rows.js'
import type { JobFile, JobTaken } from '../store/truth_line.js'
import type { UploadedFile } from './bulk_job.js'
import { openJob } from './open_job.js'
import { checkCallback } from './check_callback.js'
import { checkOrder, readResources } from './read_order.js'
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

function checkEncoding(encoding: unknown) {
  if (encoding === undefined || encoding === 'UTF-8') return
  const details = { api_name: 'character_encoding' }
  throw new ApiFault(400, 'INVALID_DATA', 'only UTF-8 is simulated', details)
}

/** The file of a resource; its name must be said where there is more than one. */
function pickFile(files: ReadonlyMap<string, Buffer>, wanted: unknown): JobFile {
  const name = Array.isArray(wanted) ? String(wanted[0]) : [...files.keys()][0]
  const bytes = files.get(name)
  if (bytes && (Array.isArray(wanted) || files.size === 1)) {
    return { name, csv: bytes.toString('utf8') }
  }
  throw new ApiFault(400, 'FILE_NOT_FOUND', 'the zip holds no such file', { file_names: wanted })
}

async function readFiles({ org }: Call, sent: Record<string, unknown>) {
  const resources = readResources(sent)
  const files: JobFile[] = []
  for (const { file_id: id, file_names: names } of resources) {
    const file = org.uploads.get(String(id))
    if (!file) throw new ApiFault(400, 'INVALID_FILE_ID', 'the file id is not valid')
    const opened = await openZip(file)
    checkEncoding(sent.character_encoding)
    files.push(pickFile(opened, names))
  }
  return files
}

export async function createBulkJob(call: Call): Promise<Reply> {
  const { org } = call
  const sent = call.json()
  checkOrder(org.store, sent)
  const callback = checkCallback(sent.callback)
  const taken: JobTaken = {
    job: 'taken',
    files: await readFiles(call, sent),
    id: org.ids.next(),
    sent,
    callback,
    createdAt: org.clock.now(),
    mustFail: call.fault('job_failed') !== undefined,
    partial: call.fault('partial') ?? null,
    searchLagMs: call.fault('late_index')?.ms ?? org.options.searchLagMs,
    by: authorOf(call) ?? null,
  }
  const job = openJob(org, taken)
  org.truth?.append(taken)
  void runBulkJob(org, job)
  const { id, name: userName } = call.user
  const details = { id: taken.id, created_by: { id, name: userName } }
  return { status: 201, body: { status: 'success', code: 'SUCCESS', message: 'success', details } }
}
