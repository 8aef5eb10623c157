import { type Context, ConnectorError } from '#sdk'
import { requestError } from '../api/request_error.js'
import { parseCsv } from './parse_csv.js'
import { resultAddress } from './result_address.js'
import { unzipFile } from './unzip_file.js'

/** The rows of a job's result, header first. A file cut off on the way may be asked for again. */
export async function downloadResult(ctx: Context, downloadUrl: string): Promise<string[][]> {
  const url = resultAddress(ctx, downloadUrl)
  const response = await ctx.http.request({ method: 'GET', url, credits: 0 })
  if (response.status !== 200) throw requestError(response.status, await response.text(), 'read')
  const zip = await response.bytes()
  try {
    return parseCsv(await unzipFile(zip))
  } catch (cause) {
    throw new ConnectorError('transient', "The bulk job's result did not arrive whole.", {
      detail: `${zip.length} bytes: ${cause instanceof Error ? cause.message : 'unreadable'}`,
      cause,
    })
  }
}
