import { type Context, ConnectorError } from '#sdk'
import { requestError } from '../api/request_error.js'
import { parseCsv } from './parse_csv.js'
import { resultAddress } from './result_address.js'
import { unzipFiles } from './unzip_files.js'

/** A file of a job's result. The rows below its header are read as they are asked for. */
export interface ResultFile {
  name: string
  header: string[]
  rows: Iterable<string[]>
}

/** The files of a job's result. One cut off on the way may be asked for again. */
export async function downloadResult(ctx: Context, downloadUrl: string): Promise<ResultFile[]> {
  const url = resultAddress(ctx, downloadUrl)
  const response = await ctx.http.request({ method: 'GET', url, credits: 0 })
  if (response.status !== 200) throw requestError(response.status, await response.text(), 'read')
  const zip = await response.bytes()
  const files = await unzipFiles(zip).catch((cause: unknown) => {
    throw damaged(zip.length, cause)
  })
  return files.map(({ name, text }) => {
    const [header = []] = rowsOf(text)
    return { name, header, rows: { [Symbol.iterator]: () => rowsOf(text).drop(1) } }
  })
}

function* rowsOf(text: string): Generator<string[], void> {
  try {
    yield* parseCsv(text)
  } catch (cause) {
    throw damaged(text.length, cause)
  }
}

function damaged(length: number, cause: unknown): ConnectorError {
  return new ConnectorError('transient', "The bulk job's result did not arrive whole.", {
    detail: `${length} bytes: ${cause instanceof Error ? cause.message : 'unreadable'}`,
    cause,
  })
}
