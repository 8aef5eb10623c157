import { receiverTarget } from './definitions.js'
import { House } from './house.js'
import { killLoop } from './kill_loop.js'
import { measureCredits } from './measure_credits.js'
import { measureMemory } from './measure_memory.js'
import { measureSpeed } from './measure_speed.js'
import { readOptions, type Options, type Storage } from './options.js'
import { printResults } from './print_results.js'
import type { Results } from './results.js'
import { Verdicts } from './verdicts.js'
import { Yard } from './yard.js'

const options = readOptions(process.argv.slice(2))
const verdicts = new Verdicts()
const say = (text: string) => process.stderr.write(`${text}\n`)

/** `npm run bench`: our server and a bare script move the same rows to the same receiver. */
async function bench(): Promise<Results> {
  const results: Results = { speeds: [], memory: [], credits: [] }
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
  const wants = (part: Options['parts'][number]) => options.parts.includes(part)
  try {
    for (const route of ['upsert', 'bulk'] as const) {
      if (!wants(route)) continue
      say(`moves ${options.rows} rows by ${route}, both sides, ${options.rounds} rounds`)
      const place = { yard, house, verdicts }
      results.speeds.push(await measureSpeed(place, options, { storage, route }))
    }
    if (storage !== options.storages[0]) return
    if (wants('credits')) {
      say('counts credits')
      const judged = { verdicts, isQuick: options.isQuick }
      results.credits.push(...(await measureCredits(yard, house, judged)))
    }
    if (wants('memory') && !options.isQuick) {
      say('moves a million rows')
      results.memory.push(...(await measureMemory(yard, house, verdicts)))
    }
  } finally {
    await house.close()
  }
}

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
  say(`✖ ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
