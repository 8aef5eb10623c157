import { ApiFault } from '../server/api_fault.js'
import type { Call, Reply } from '../server/call.js'
import { fileReply } from '../server/file_reply.js'
import { keepFile } from './keep_file.js'
import { readParts } from './read_parts.js'

export function uploadFiles(call: Call): Reply {
  const { org } = call
  const { files } = readParts(call)
  if (files.length === 0) {
    throw new ApiFault(400, 'REQUIRED_PARAM_MISSING', 'file is missing', { param_name: 'file' })
  }
  const { filesPerUpload } = org.options
  if (files.length > filesPerUpload) {
    throw new ApiFault(400, 'LIMIT_EXCEEDED', 'too many files', { limit: filesPerUpload })
  }
  const data = files.map(({ fileName, bytes }) => {
    const { name, id } = keepFile(org, fileName ?? 'file', bytes)
    const details = { name, id }
    return { code: 'SUCCESS', details, message: 'file uploaded succesfully', status: 'success' }
  })
  return { status: 200, body: { data } }
}

export function downloadFile({ org, query }: Call): Reply {
  const id = query.get('id')
  if (!id) {
    throw new ApiFault(400, 'REQUIRED_PARAM_MISSING', 'One of the expected parameter is missing', {
      param_name: 'id',
    })
  }
  const file = org.files.get(id)
  if (!file) return { status: 204 }
  return fileReply(file.name, file.bytes, 'application/octet-stream')
}
