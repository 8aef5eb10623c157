import { ApiFault } from '../server/api_fault.js'
import type { Call } from '../server/call.js'
import { readMultipart } from '../server/read_form.js'

const LARGEST = 20 * 1024 * 1024

/** Files of a multipart body, each of at most 20 MB. */
export function readParts(call: Call) {
  const parts = readMultipart(call.body, call.header('content-type') ?? '')
  const files = parts.filter(({ name, fileName }) => name === 'file' && fileName !== null)
  const large = files.find(({ bytes }) => bytes.length > LARGEST)
  if (!large) return { files, parts }
  throw new ApiFault(413, 'FILE_TOO_LARGE', 'the file is larger than 20 MB', {
    file_name: large.fileName,
    maximum_size: LARGEST,
  })
}
