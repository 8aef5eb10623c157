import { createHash } from 'node:crypto'
import type { SimulatedOrg } from '../simulated_org.js'
import type { StoredFile } from './stored_file.js'

/** Files have long opaque ids, the same for the same seed and the same calls. */
export function keepFile(org: SimulatedOrg, name: string, bytes: Buffer): StoredFile {
  const id = createHash('sha256').update(org.ids.next()).digest('hex')
  const file: StoredFile = { id, name, bytes: Buffer.from(bytes) }
  org.files.set(id, file)
  org.truth?.append({ job: 'file', id, name, base64: file.bytes.toString('base64') })
  return file
}
