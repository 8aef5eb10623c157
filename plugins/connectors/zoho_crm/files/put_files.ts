import type { Context, Field, StreamDescription, Value } from '#sdk'
import type { Outgoing } from '../write/outgoing.js'
import { givenFile } from './given_file.js'
import { FileFault, loadFile, type LoadedFile, MOST_BYTES } from './load_file.js'
import { uploadFiles } from './upload_files.js'

/** Files that Zoho takes in one call. */
const MOST_FILES = 10

/** As few calls as their number and size allow. */
function portionsOf(files: LoadedFile[]): LoadedFile[][] {
  const portions: LoadedFile[][] = []
  let bytes = 0
  for (const file of files) {
    const last = portions.at(-1)
    bytes += file.content.length
    if (last && last.length < MOST_FILES && bytes <= MOST_BYTES) last.push(file)
    else {
      portions.push([file])
      bytes = file.content.length
    }
  }
  return portions
}

/** What stands in the field once its new files lie at Zoho; what it holds already stays. */
async function uploaded(ctx: Context, list: Value[]): Promise<Value[]> {
  const loaded = new Map<number, LoadedFile>()
  for (const [at, value] of list.entries()) {
    const given = givenFile(value)
    if (given) loaded.set(at, await loadFile(ctx, given))
  }
  const ids: string[] = []
  for (const portion of portionsOf([...loaded.values()])) {
    ids.push(...(await uploadFiles(ctx, portion)))
  }
  const idAt = new Map([...loaded.keys()].map((at, place) => [at, ids[place]]))
  return list.map((value, at) => {
    const id = idAt.get(at)
    return id === undefined ? value : { File_Id__s: id }
  })
}

async function putInto(ctx: Context, outgoing: Outgoing, { name }: Field) {
  const value = outgoing.values[name]
  if (value === null || value === undefined) return
  const list = [value].flat()
  if (!list.some((each) => givenFile(each) !== null)) return
  try {
    outgoing.change()[name] = await uploaded(ctx, list)
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    outgoing.refuse({ ...error.fault, field: name })
  }
}

/** Uploads the files of records, one record after the other, so that few are in memory at once. */
export async function putFiles(ctx: Context, stream: StreamDescription, all: Outgoing[]) {
  const fields = stream.fields.filter(({ files }) => files)
  for (const field of fields) {
    for (const outgoing of all) {
      if (outgoing.fault === null) await putInto(ctx, outgoing, field)
    }
  }
}
