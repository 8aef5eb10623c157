import { ApiFault } from '../server/api_fault.js'
import type { Call, Reply } from '../server/call.js'
import { readMultipart } from '../server/read_form.js'

const LARGEST = 25 * 1024 * 1024
const ZIP_MARK = 'PK\u0003\u0004'

export function uploadFile(call: Call): Reply {
  const { org } = call
  if (call.header('feature') !== 'bulk-write') {
    throw new ApiFault(400, 'INVALID_DATA', 'the header "feature" must be bulk-write')
  }
  if (call.header('x-crm-org') !== org.zgid) {
    throw new ApiFault(400, 'AUTHORIZATION_FAILED', 'User does not have sufficient privilege')
  }
  const parts = readMultipart(call.body, call.header('content-type') ?? '')
  const file = parts.find(({ name }) => name === 'file')
  if (!file) {
    throw new ApiFault(400, 'REQUIRED_PARAM_MISSING', 'file is missing', { param_name: 'file' })
  }
  if (file.bytes.length > LARGEST) {
    throw new ApiFault(413, 'FILE_TOO_LARGE', 'the file is larger than 25 MB')
  }
  if (file.bytes.toString('latin1', 0, 4) !== ZIP_MARK) {
    throw new ApiFault(400, 'INVALID_FILE_FORMAT', 'the file is not a zip')
  }
  const id = org.ids.next()
  org.uploads.set(id, { id, name: file.fileName ?? '', bytes: Buffer.from(file.bytes) })
  const body = {
    status: 'success',
    code: 'FILE_UPLOAD_SUCCESS',
    message: 'file uploaded.',
    details: { file_id: id, created_time: org.zone.format(org.clock.now()) },
  }
  return { status: 200, body }
}
