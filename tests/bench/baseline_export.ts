import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { parse } from 'csv-parse'
import { createPool } from 'mysql2/promise'
import { request } from 'undici'
import { fromBuffer, type Entry, type ZipFile } from 'yauzl'
import { dealColumns } from './map_row.js'

/**
 * The bare script that an export is measured against: a bulk read, its CSV into one table, and
 * nothing that could go on where it stopped. BENCH_TARGET, BENCH_TABLE_URL and BENCH_TABLE are
 * in the environment.
 */
const {
  BENCH_TARGET: target = '',
  BENCH_TABLE_URL: url = '',
  BENCH_TABLE: table = '',
} = process.env
/** Zoho's jobs take seconds: nobody asks at once. */
const FIRST_LOOK = 1000
const ROWS = 1000
const AT_ONCE = 4

const columns = ['id', ...dealColumns]
const kept = columns.map((name) => `\`${name}\``)
const statement = `INSERT INTO \`${table}\` (${kept.join(', ')}) VALUES ? ON DUPLICATE KEY UPDATE ${kept
  .map((name) => `${name} = VALUES(${name})`)
  .join(', ')}`
const pool = createPool({ uri: url, connectionLimit: AT_ONCE })
const open = promisify<Buffer, { lazyEntries: boolean }, ZipFile>(fromBuffer)

async function ask(method: 'GET' | 'POST', path: string, body?: object) {
  const reply = await request(`${target}${path}`, {
    method,
    headers: {
      'authorization': 'Zoho-oauthtoken 1000.bench',
      'content-type': 'application/json',
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  if (reply.statusCode >= 300) throw new Error(`${path} answered ${reply.statusCode}`)
  return reply.body
}

async function finishedJob(): Promise<string> {
  const query = { module: { api_name: 'Deals' }, fields: columns, page: 1 }
  const made = await ask('POST', '/crm/bulk/v8/read', { query })
  const { data } = (await made.json()) as { data: Array<{ details: { id: string } }> }
  const path = `/crm/bulk/v8/read/${data[0].details.id}`
  for (;;) {
    await delay(FIRST_LOOK)
    const answer = await ask('GET', path)
    const shown = (await answer.json()) as { data: Array<{ state: string }> }
    if (shown.data[0].state === 'COMPLETED') return path
  }
}

async function csvOf(zip: Buffer): Promise<NodeJS.ReadableStream> {
  const file = await open(zip, { lazyEntries: true })
  const entryRead = once(file, 'entry')
  file.readEntry()
  const [entry] = (await entryRead) as [Entry]
  return promisify<Entry, NodeJS.ReadableStream>(file.openReadStream.bind(file))(entry)
}

function cellsOf(row: string[]): Array<string | number | boolean | null> {
  return row.map((cell, at) => {
    if (cell === '') return null
    return columns[at] === 'Is_Gift' ? cell === 'true' : cell
  })
}

async function move(): Promise<number> {
  const answer = await ask('GET', `${await finishedJob()}/result`)
  const csv = await csvOf(Buffer.from(await answer.arrayBuffer()))
  const underWay = new Set<Promise<void>>()
  let rows: ReturnType<typeof cellsOf>[] = []
  let count = 0
  const dispatch = () => {
    const sent: Promise<void> = pool.query(statement, [rows]).then(() => void underWay.delete(sent))
    underWay.add(sent)
    rows = []
  }
  for await (const row of csv.pipe(parse({ from: 2 }))) {
    count++
    if (rows.push(cellsOf(row as string[])) < ROWS) continue
    dispatch()
    if (underWay.size >= AT_ONCE) await Promise.race(underWay)
  }
  if (rows.length > 0) dispatch()
  await Promise.all(underWay)
  return count
}

const started = performance.now()
const records = await move()
const seconds = (performance.now() - started) / 1000
await pool.end()
const { user, system } = process.cpuUsage()
const cpuSeconds = (user + system) / 1e6
process.stdout.write(`${JSON.stringify({ records, seconds, cpuSeconds })}\n`)
