import { createConnection } from 'mysql2'
import { Pool } from 'undici'
import { ZipFile } from 'yazl'
import { dealColumns, mapByFormulas, mapRow, type Deal } from './map_row.js'
import { readRows, type ShopRow } from './shop_row.js'

/**
 * The bare script that the product is measured against: no ledger, no outcomes, no resume.
 * `baseline.ts upsert|bulk [plain|formulas]`, with BENCH_SHOP and BENCH_TARGET in the environment.
 */
const [route = 'upsert', mapping = 'plain'] = process.argv.slice(2)
const { BENCH_SHOP: shop = '', BENCH_TARGET: target = '' } = process.env
const atOnce = 5
const bulk = route === 'bulk'
const mapped = mapping === 'formulas' ? mapByFormulas : mapRow
const batchSize = bulk ? 25_000 : 100

const pool = new Pool(target, { connections: atOnce })
const headers = { authorization: 'Zoho-oauthtoken 1000.bench' }

async function post(path: string, body: string | Buffer, more: Record<string, string>) {
  const reply = await pool.request({
    method: 'POST',
    path,
    body,
    headers: { ...headers, ...more },
  })
  const text = await reply.body.text()
  if (reply.statusCode >= 300) throw new Error(`${path} answered ${reply.statusCode}: ${text}`)
  return text
}

async function upsert(deals: Deal[]) {
  const body = JSON.stringify({ data: deals, duplicate_check_fields: ['Order_Ref'] })
  await post('/crm/v8/Deals/upsert', body, { 'content-type': 'application/json' })
}

function cell(value: Deal['City']): string {
  if (value === null) return ''
  const text = String(value)
  return /[",\n;:|]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

async function zipOf(deals: Deal[]): Promise<Buffer> {
  const lines = deals.map((deal) => dealColumns.map((name) => cell(deal[name])).join(','))
  const zip = new ZipFile()
  const csv = Buffer.from(`${dealColumns.join(',')}\n${lines.join('\n')}\n`)
  zip.addBuffer(csv, 'deals.csv', { compressionLevel: 6 })
  zip.end()
  const chunks: Buffer[] = []
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

async function writeBulk(deals: Deal[]) {
  const head =
    '--bench\r\nContent-Disposition: form-data; name="file"; filename="deals.zip"\r\n\r\n'
  const body = Buffer.concat([
    Buffer.from(head),
    await zipOf(deals),
    Buffer.from('\r\n--bench--\r\n'),
  ])
  const uploaded = await post('/crm/v8/upload', body, {
    'content-type': 'multipart/form-data; boundary=bench',
    'feature': 'bulk-write',
    'x-crm-org': '700100200',
  })
  const { details } = JSON.parse(uploaded) as { details: { file_id: string } }
  const resource = [{ type: 'data', file_id: details.file_id, find_by: 'Order_Ref' }]
  const job = JSON.stringify({ operation: 'upsert', resource })
  await post('/crm/bulk/v8/write', job, { 'content-type': 'application/json' })
}

async function move(): Promise<number> {
  const connection = createConnection({ uri: shop, dateStrings: true, decimalNumbers: false })
  const send = bulk ? writeBulk : upsert
  const underWay = new Set<Promise<void>>()
  let deals: Deal[] = []
  let count = 0
  const dispatch = () => {
    const sent: Promise<void> = send(deals).then(() => void underWay.delete(sent))
    underWay.add(sent)
    deals = []
  }
  for await (const row of connection.query<ShopRow[]>(readRows).stream({ highWaterMark: 1000 })) {
    count++
    if (deals.push(mapped(row as ShopRow)) < batchSize) continue
    dispatch()
    if (underWay.size >= atOnce) await Promise.race(underWay)
  }
  if (deals.length > 0) dispatch()
  await Promise.all(underWay)
  connection.destroy()
  return count
}

const started = performance.now()
const records = await move()
const seconds = (performance.now() - started) / 1000
await pool.close()
const { user, system } = process.cpuUsage()
const cpuSeconds = (user + system) / 1e6
process.stdout.write(`${JSON.stringify({ records, seconds, cpuSeconds })}\n`)
