import { receiverTarget } from './definitions.js'
import { House } from './house.js'
import { killLoop } from './kill_loop.js'
import { measureCredits } from './measure_credits.js'
import { measureDue } from './measure_due.js'
import { measureMemory } from './measure_memory.js'
import { measureSpeed } from './measure_speed.js'
import { readOptions, type Part, type Storage } from './options.js'
import { printResults } from './print_results.js'
import type { Results } from './results.js'
import { Verdicts } from './verdicts.js'
import { Yard } from './yard.js'

const options = readOptions(process.argv.slice(2))
const verdicts = new Verdicts()
const say = (text: string) => process.stderr.write(`${text}\n`)

/** `npm run bench`: our server and a bare script move the same rows to the same receiver. */
async function bench(): Promise<Results> {
  const results: Results = { speeds: [], memory: [], credits: [], delays: [] }
  say('starts the shop and the receiver')
  const yard = await Yard.open()
  try {
    for (const storage of options.storages) await benchOn(storage, yard, results)
  } finally {
    await yard.close()
  }
  return results
}

async function benchOn(storage: Storage, yard: Yard, results: Results): Promise<void> {
  if (options.parts.includes('kill')) {
    say(`kills our server on ${storage} in the middle of runs`)
    await killLoop({ yard, storage, verdicts, say }, options.kills)
  }
  if (options.parts.some((part) => part !== 'kill')) await measureOn(storage, yard, results)
}

async function measureOn(storage: Storage, yard: Yard, results: Results): Promise<void> {
  say(`starts our server on ${storage}`)
  const house = await House.open(storage, yard.mariadb, receiverTarget(yard.target))
  const place = { yard, house, verdicts }
  const isFirst = storage === options.storages[0]
  const wants = (part: Part) => options.parts.includes(part)
  const attempt = (part: Part, work: () => Promise<void>) =>
    attemptPart(`${part} on ${storage}`, work)
  try {
    for (const route of ['upsert', 'bulk'] as const) {
      if (!wants(route)) continue
      await attempt(route, async () => {
        results.speeds.push(await measureSpeed(place, options, { storage, route }))
      })
    }
    if (wants('credits') && isFirst) {
      await attempt('credits', async () => {
        const judged = { verdicts, isQuick: options.isQuick }
        results.credits.push(...(await measureCredits(yard, house, judged)))
      })
    }
    if (wants('memory') && isFirst && !options.isQuick) {
      await attempt('memory', async () => {
        results.memory.push(...(await measureMemory(yard, house, verdicts)))
      })
    }
    if (wants('due') && storage === 'sqlite') {
      await attempt('due', async () => {
        results.delays.push(
          ...(await measureDue(yard, house, { verdicts, isQuick: options.isQuick }))
        )
      })
    }
  } finally {
    await house.close()
  }
}

/** One part that fails must not cost the results of the others. */
async function attemptPart(title: string, work: () => Promise<void>): Promise<void> {
  say(`measures ${title}`)
  try {
    await work()
  } catch (error) {
    verdicts.judge(`${title}: ${messageOf(error)}`, false)
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

function show(results: Results): void {
  if (options.isJson) {
    process.stdout.write(`${JSON.stringify({ ...results, verdicts: verdicts.all }, null, 2)}\n`)
  } else {
    printResults(results, verdicts)
  }
}

try {
  show(await bench())
  process.exitCode = verdicts.hold ? 0 : 1
} catch (error) {
  say(`✖ ${messageOf(error)}`)
  process.exitCode = 1
}
