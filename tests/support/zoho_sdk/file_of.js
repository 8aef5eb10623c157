import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A file as the SDK sends it: it says its name only where it comes from the disk. */
export function fileOf(sdk, { name, bytes }) {
  const { StreamWrapper } = sdk.part('utils/util/stream_wrapper')
  const path = join(sdk.scratch, name)
  writeFileSync(path, bytes)
  return new StreamWrapper(null, null, path)
}
