import { ConnectorError, type Context, type HttpResponse } from '#sdk'
import type { Fault } from '../write/outgoing.js'
import type { GivenFile } from './given_file.js'

export interface LoadedFile {
  name: string
  content: Buffer
}

const MEGABYTE = 1024 * 1024
export const MOST_BYTES = 20 * MEGABYTE
const BASE64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/

/** Why a file is not sent. Thrown within, so that a record's fault ends the loading of its files. */
export class FileFault extends Error {
  constructor(readonly fault: Fault) {
    super(fault.message)
  }
}

function refuse(code: string, message: string, state: Fault['state'] = 'rejected'): never {
  throw new FileFault({ state, code, message })
}

function checkSize(name: string, bytes: number) {
  if (bytes === 0) refuse('FILE_EMPTY', `The file ${name} is empty, which Zoho does not take.`)
  if (bytes <= MOST_BYTES) return
  const size = (bytes / MEGABYTE).toFixed(1)
  refuse(
    'FILE_TOO_LARGE',
    `The file ${name} has ${size} MB, and Zoho takes 20. Send a smaller one.`
  )
}

function fileName(url: URL, { headers }: HttpResponse): string {
  const said = /filename="?([^";]+)/i.exec(headers['content-disposition'] ?? '')?.[1]
  const last = url.pathname.split('/').at(-1)?.replaceAll('+', '%2B')
  // Unlike decodeURIComponent this leaves alone what is badly escaped.
  const name = said ?? new URLSearchParams(`name=${last}`).get('name') ?? ''
  return name.replace(/[\\/]/g, '_').trim() || 'file'
}

async function fetchFile(ctx: Context, address: string): Promise<LoadedFile> {
  if (!URL.canParse(address)) refuse('FILE_ADDRESS', 'A file needs a whole address with https://.')
  const url = new URL(address)
  const where = url.host
  const response = await ctx.http
    .request({ method: 'GET', url: url.href, authorize: false })
    .catch((error: unknown) => {
      if (!(error instanceof ConnectorError) || error.kind === 'fatal') throw error
      const isPassing = error.kind === 'transient' || error.kind === 'rate_limited'
      const message = `The file at ${where} could not be fetched: ${error.message}`
      return refuse('FILE_NOT_FETCHED', message, isPassing ? 'failed' : 'rejected')
    })
  const { status, headers } = response
  if (status !== 200) {
    const isPassing = status === 429 || status >= 500
    const message = `The file at ${where} could not be fetched: the server answered HTTP ${status}.`
    refuse('FILE_NOT_FETCHED', message, isPassing ? 'failed' : 'rejected')
  }
  const name = fileName(url, response)
  checkSize(name, Number(headers['content-length'] ?? 1))
  const content = Buffer.from(await response.bytes())
  checkSize(name, content.length)
  return { name, content }
}

/** The bytes of a file. Where it is fetched from gets no authorization of ours. */
export async function loadFile(ctx: Context, given: GivenFile): Promise<LoadedFile> {
  if ('url' in given) return fetchFile(ctx, given.url)
  const { name } = given
  if ('size' in given) {
    checkSize(name, given.size)
    refuse(
      'FILE_CONTENT',
      `The content of ${name} was not read: its source did not give it out. Let the source's user read it, or put it there by hand.`
    )
  }
  const { base64 } = given
  if (!BASE64.test(base64)) refuse('FILE_CONTENT', `The content of ${name} is not base64.`)
  const content = Buffer.from(base64, 'base64')
  checkSize(name, content.length)
  return { name, content }
}
