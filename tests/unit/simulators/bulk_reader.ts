import { setTimeout as sleep } from 'node:timers/promises'
import { parse } from 'csv-parse/sync'
import { unzipFirst } from './bulk_client.js'
import type { Answer, Json, SimulatorClient } from './open_simulator.js'

export class BulkReader {
  constructor(readonly zoho: SimulatorClient) {}

  create(query: Record<string, unknown>, more: Record<string, unknown> = {}): Promise<Answer> {
    const headers = { 'content-type': 'application/json' }
    return this.zoho.post('/crm/bulk/v8/read', { query, ...more }, headers)
  }

  deals(query: Record<string, unknown> = {}) {
    return this.create({ module: { api_name: 'Deals' }, ...query })
  }

  async show(id: string): Promise<Json> {
    const { rows } = await this.zoho.get(`/crm/bulk/v8/read/${id}`)
    return rows[0]
  }

  async state(id: string) {
    const { state } = await this.show(id)
    return String(state)
  }

  /** Status of a download. */
  async fetched(job: Json) {
    const { status } = await this.download(job)
    return status
  }

  async size(job: Json) {
    const { bytes } = await this.download(job)
    return bytes.length
  }

  /** Polls until the job is over. */
  async finish(created: Answer): Promise<Json> {
    for (;;) {
      const job = await this.show(String(created.rows[0].details.id))
      if (['COMPLETED', 'FAILURE'].includes(String(job.state))) return job
      await sleep(5)
    }
  }

  async download(job: Json) {
    const headers = { authorization: `Zoho-oauthtoken ${this.zoho.token}` }
    const response = await fetch(this.zoho.url + String(job.result.download_url), { headers })
    return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) }
  }

  async rows(job: Json): Promise<string[][]> {
    const { bytes } = await this.download(job)
    return parse(await unzipFirst(bytes))
  }

  async run(query: Record<string, unknown> = {}) {
    const job = await this.finish(await this.deals(query))
    return { job, rows: await this.rows(job) }
  }
}
