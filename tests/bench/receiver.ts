import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dealFields, dealModule, org, users } from './receiver_metadata.js'
import { resultOf, uploadedFile } from './receiver_bulk.js'
import { HeldDeals } from './receiver_read.js'

/**
 * A thin stand-in with the shape of Zoho CRM that answers at once: what both sides of the bench
 * post to. It checks nothing; the simulator is there for that. Prints its address when it listens.
 */
const stats = { calls: 0, records: 0, bytes: 0, jobs: 0, credits: 0 }
const uploads = new Map<string, Buffer>()
const results = new Map<string, Buffer>()
const held = new HeldDeals()
let lastId = 455451000000100000n
let base = ''

const recordMark = Buffer.from('"Order_Ref":')
const created = new Date().toISOString()
const nextId = () => String(++lastId)

type Answer = { status?: number; body: object | string | Buffer }
type Route = (body: Buffer, url: string) => Answer | Promise<Answer>

const routes: Record<string, Route> = {
  'POST /oauth/v2/token': () => ({
    body: { access_token: '1000.bench', api_domain: base, token_type: 'Bearer', expires_in: 3600 },
  }),
  'GET /crm/v8/org': () => ({ body: org }),
  'GET /crm/v8/users': () => ({ body: users }),
  'GET /crm/v8/settings/modules': () => ({ body: dealModule }),
  'GET /crm/v8/settings/fields': () => ({ body: dealFields }),
  'POST /crm/v8/Deals/upsert': upsert,
  'POST /crm/v8/upload': upload,
  'POST /crm/bulk/v8/write': startJob,
  'POST /crm/bulk/v8/read': startRead,
  'POST /crm/v8/coql': () => ({
    body: { data: [{ 'COUNT(id)': held.count }], info: { count: 1, more_records: false } },
  }),
  'POST /hold': async (_body, url) => {
    await held.hold(Number(new URL(url, base).searchParams.get('records')))
    return { body: { held: held.count } }
  },
  'GET /stats': () => ({ body: stats }),
  'POST /reset': () => {
    Object.assign(stats, { calls: 0, records: 0, bytes: 0, jobs: 0, credits: 0 })
    return { body: stats }
  },
}

function upsert(body: Buffer): Answer {
  let count = 0
  for (let at = body.indexOf(recordMark); at !== -1; at = body.indexOf(recordMark, at + 12)) count++
  stats.calls++
  stats.records += count
  stats.bytes += body.length
  stats.credits += Math.ceil(count / 10)
  const entries = Array.from({ length: count }, answerOne)
  return { body: `{"data":[${entries.join(',')}]}` }
}

function answerOne(): string {
  return `{"code":"SUCCESS","duplicate_field":null,"action":"insert","details":{"Modified_Time":"2026-11-20T10:00:00+01:00","Modified_By":{"name":"Bench","id":"4554510000000030000"},"Created_Time":"2026-11-20T10:00:00+01:00","id":"${nextId()}","Created_By":{"name":"Bench","id":"4554510000000030000"}},"message":"record added","status":"success"}`
}

function upload(body: Buffer): Answer {
  const id = nextId()
  uploads.set(id, Buffer.from(uploadedFile(body)))
  stats.calls++
  stats.bytes += body.length
  return {
    body: {
      status: 'success',
      code: 'FILE_UPLOAD_SUCCESS',
      message: 'file uploaded.',
      details: { file_id: id, created_time: created },
    },
  }
}

async function startJob(body: Buffer): Promise<Answer> {
  const { resource } = JSON.parse(body.toString()) as { resource: Array<{ file_id: string }> }
  const zip = uploads.get(resource[0].file_id)
  if (!zip) return { status: 400, body: { code: 'INVALID_FILE_ID', status: 'error', message: '' } }
  uploads.delete(resource[0].file_id)
  const result = await resultOf(zip, nextId)
  const id = nextId()
  results.set(id, result.zip)
  stats.calls++
  stats.jobs++
  stats.records += result.records
  stats.credits += 500
  return {
    status: 201,
    body: { status: 'success', code: 'SUCCESS', message: 'success', details: { id } },
  }
}

function startRead(body: Buffer): Answer {
  const { query } = JSON.parse(body.toString()) as { query: { page?: number } }
  const id = nextId()
  held.order(id, query.page ?? 1)
  stats.calls++
  stats.jobs++
  stats.credits += 50
  const details = { id, operation: 'read', state: 'ADDED', created_time: created }
  const code = 'ADDED_SUCCESSFULLY'
  return { status: 201, body: { data: [{ status: 'success', code, message: '', details }] } }
}

function showRead(path: string): Answer {
  const [id = '', wanted] = path.slice('/crm/bulk/v8/read/'.length).split('/')
  const job = held.show(id, created)
  const zip = held.zip(id)
  if (wanted === 'result' && zip) return { body: zip }
  return job ? { body: { data: [job] } } : { status: 404, body: { code: 'RESOURCE_NOT_FOUND' } }
}

function showJob(id: string): Answer {
  if (!results.has(id)) return { status: 404, body: { code: 'INVALID_ID', status: 'error' } }
  return {
    body: {
      id,
      status: 'COMPLETED',
      operation: 'upsert',
      created_time: created,
      resource: [{ status: 'COMPLETED', type: 'data', file: { status: 'COMPLETED' } }],
      result: { download_url: `/v8/crm/org700100200/bulk-write/${id}/${id}.zip` },
    },
  }
}

async function answer(request: IncomingMessage, body: Buffer): Promise<Answer> {
  const path = (request.url ?? '').split('?')[0]
  const route = routes[`${request.method} ${path}`]
  if (route) return route(body, request.url ?? '')
  const id = path.split('/').at(-1)?.replace('.zip', '') ?? ''
  if (path.startsWith('/crm/bulk/v8/write/')) return showJob(id)
  if (path.startsWith('/crm/bulk/v8/read/')) return showRead(path)
  const result = path.endsWith('.zip') ? results.get(id) : undefined
  return result ? { body: result } : { status: 404, body: { code: 'INVALID_URL_PATTERN' } }
}

async function reply(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const { status = 200, body } = await answer(request, Buffer.concat(chunks))
  const isPlain = Buffer.isBuffer(body) || typeof body === 'string'
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(isPlain ? body : JSON.stringify(body))
  const type = Buffer.isBuffer(body) ? 'application/zip' : 'application/json'
  response.writeHead(status, { 'content-type': type, 'content-length': bytes.length })
  response.end(bytes)
}

const server = createServer((request, response) => {
  reply(request, response).catch((error: unknown) => response.destroy(error as Error))
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  process.stdout.write(`${base}\n`)
})
