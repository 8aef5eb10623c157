import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { fromBuffer, type Entry, type ZipFile } from 'yauzl'
import { ZipFile as ZipWriter } from 'yazl'
import type { Answer, Json, SimulatorClient } from './open_simulator.js'

const open = promisify<Buffer, { lazyEntries: boolean }, ZipFile>(fromBuffer)

export const zipOf = (content: string, name = 'rows.csv') => zipFiles({ [name]: content })

export async function zipFiles(files: Record<string, string>) {
  const zip = new ZipWriter()
  for (const [name, content] of Object.entries(files)) {
    zip.addBuffer(Buffer.from(content), name)
  }
  zip.end()
  return buffer(zip.outputStream)
}

export async function unzipFirst(bytes: Buffer) {
  const zip = await open(bytes, { lazyEntries: true })
  const entry = await new Promise<Entry>((resolve) => {
    zip.once('entry', resolve)
    zip.readEntry()
  })
  const openStream = promisify<Entry, NodeJS.ReadableStream>(zip.openReadStream.bind(zip))
  return buffer(await openStream(entry))
}

export interface JobRequest {
  operation?: string
  module?: string
  findBy?: string
  resource?: Record<string, unknown>
  more?: Record<string, unknown>
}

export class BulkClient {
  constructor(readonly zoho: SimulatorClient) {}

  upload(bytes: Uint8Array, headers: Record<string, string> = {}) {
    const body = new FormData()
    body.set('file', new Blob([Buffer.from(bytes)]), 'rows.csv.zip')
    return this.zoho.send('POST', '/crm/v8/upload', {
      body,
      headers: { 'feature': 'bulk-write', 'X-CRM-ORG': this.zoho.sim.zgid, ...headers },
    })
  }

  async fileId(rows: unknown[][]) {
    const { body } = await this.upload(await zipOf(stringify(rows)))
    return String(body.details.file_id)
  }

  async create(fileId: string, request: JobRequest = {}): Promise<Answer> {
    const { operation = 'upsert', module = 'Deals', findBy = 'Order_Ref' } = request
    const resource = {
      type: 'data',
      module: { api_name: module },
      file_id: fileId,
      find_by: findBy === '' ? undefined : findBy,
      ...request.resource,
    }
    const body = { operation, resource: [resource], ...request.more }
    return this.zoho.post('/crm/bulk/v8/write', body)
  }

  /** Polls until the job is over. */
  async finish(id: string): Promise<Json> {
    for (;;) {
      const { body } = await this.zoho.get(`/crm/bulk/v8/write/${id}`)
      if (['COMPLETED', 'FAILED'].includes(String(body.status))) return body
      await sleep(5)
    }
  }

  async run(rows: unknown[][], request: JobRequest = {}) {
    const created = await this.create(await this.fileId(rows), request)
    return this.finish(String(created.body.details.id))
  }

  async download(url: string) {
    const target = url.startsWith('http') ? url : `${this.zoho.url}/${url}`
    const headers = { authorization: `Zoho-oauthtoken ${this.zoho.token}` }
    const response = await fetch(target, { headers })
    return Buffer.from(await response.arrayBuffer())
  }

  async resultRows(url: string): Promise<string[][]> {
    const csv = await unzipFirst(await this.download(url))
    return parse(csv)
  }
}
