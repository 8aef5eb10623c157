import { type Context, ConnectorError } from '#sdk'
import { requestError } from '../api/request_error.js'
import { parseCsv } from './parse_csv.js'
import { resultAddress } from './result_address.js'
import { unzipFiles } from './unzip_files.js'

/** A file of a job's result: its name and its rows, header first. */
export interface ResultFile {
  name: string
  rows: string[][]
}

/** The files of a job's result. One cut off on the way may be asked for again. */
export async function downloadResult(ctx: Context, downloadUrl: string): Promise<ResultFile[]> {
  const url = resultAddress(ctx, downloadUrl)
  const response = await ctx.http.request({ method: 'GET', url, credits: 0 })
  if (response.status !== 200) throw requestError(response.status, await response.text(), 'read')
  const zip = await response.bytes()
  try {
    const files = await unzipFiles(zip)
    return files.map(({ name, text }) => ({ name, rows: parseCsv(text) }))
  } catch (cause) {
    throw new ConnectorError('transient', "The bulk job's result did not arrive whole.", {
      detail: `${zip.length} bytes: ${cause instanceof Error ? cause.message : 'unreadable'}`,
      cause,
    })
  }
}
