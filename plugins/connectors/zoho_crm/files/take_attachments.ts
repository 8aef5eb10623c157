import type { Outgoing } from '../write/outgoing.js'
import { ATTACHMENTS } from './attachments_field.js'
import { givenFile, type GivenFile } from './given_file.js'
import { FileFault, loadFile } from './load_file.js'
import type { Context } from '#sdk'

const NO_FILE =
  'An attachment is { "url": … } or { "name": …, "base64": … }, or a list of these. Correct the mapping.'

/** What is wrong with a file is found before its record is written, as far as it is at hand. */
async function check(ctx: Context, file: GivenFile) {
  if (!('url' in file)) await loadFile(ctx, file)
  else if (!URL.canParse(file.url)) {
    const message = 'A file needs a whole address with https://.'
    throw new FileFault({ state: 'rejected', code: 'FILE_ADDRESS', message })
  }
}

/** Takes the attachments out of records, to be sent once these are written. By their place in the batch. */
export async function takeAttachments(
  ctx: Context,
  all: Outgoing[]
): Promise<Map<number, GivenFile[]>> {
  const taken = new Map<number, GivenFile[]>()
  for (const outgoing of all) {
    const value = outgoing.values[ATTACHMENTS]
    if (value === undefined) continue
    delete outgoing.change()[ATTACHMENTS]
    const list = value === null ? [] : [value].flat()
    const files = list.map(givenFile)
    const whole = files.filter((file) => file !== null)
    if (whole.length < files.length) {
      outgoing.refuse({
        state: 'rejected',
        code: 'FILE_ADDRESS',
        message: NO_FILE,
        field: ATTACHMENTS,
      })
    }
    try {
      for (const file of whole) await check(ctx, file)
    } catch (error) {
      if (!(error instanceof FileFault)) throw error
      outgoing.refuse({ ...error.fault, field: ATTACHMENTS })
    }
    if (whole.length > 0) taken.set(outgoing.index, whole)
  }
  return taken
}
