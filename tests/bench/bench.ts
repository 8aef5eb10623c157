import { receiverTarget } from './definitions.js'
import { House } from './house.js'
import { killLoop } from './kill_loop.js'
import { measureCredits } from './measure_credits.js'
import { measureDue } from './measure_due.js'
import { measureExport } from './measure_export.js'
import { measureHistory } from './measure_history.js'
import { measureMemory } from './measure_memory.js'
import { measureSimulator } from './measure_simulator.js'
import { measureSpeed } from './measure_speed.js'
import { readOptions, type Part, type Storage } from './options.js'
import { printResults } from './print_results.js'
import type { Results } from './results.js'
import { Verdicts } from './verdicts.js'
import { Yard } from './yard.js'

const options = readOptions(process.argv.slice(2))
const verdicts = new Verdicts()
const judgement = { verdicts, isQuick: options.isQuick }
/** Parts that are measured on one storage. */
const onlyOn: Partial<Record<Part, Storage>> = { formulas: 'mysql', due: 'sqlite' }
/** Parts that bring their own. */
const houseless: Part[] = ['kill', 'history', 'simulator']
const say = (text: string) => process.stderr.write(`${text}\n`)

/** `npm run bench`: our server and a bare script move the same rows to the same receiver. */
async function bench(): Promise<Results> {
  const results: Results = {
    speeds: [],
    memory: [],
    credits: [],
    delays: [],
    histories: [],
    simulators: [],
  }
  if (options.parts.includes('simulator')) {
    await attemptPart('the simulator', async () => {
      results.simulators.push(await measureSimulator(judgement))
    })
  }
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
  if (options.parts.includes('history')) {
    await attemptPart(`history on ${storage}`, async () => {
      results.histories.push(await measureHistory(yard, storage, judgement))
    })
  }
  const needsHouse = (part: Part) =>
    !houseless.includes(part) && (onlyOn[part] ?? storage) === storage
  if (options.parts.some(needsHouse)) await measureOn(storage, yard, results)
}

async function measureOn(storage: Storage, yard: Yard, results: Results): Promise<void> {
  say(`starts our server on ${storage}`)
  const house = await House.open(storage, yard.mariadb, receiverTarget(yard.target))
  try {
    for (const [part, work] of partsOf({ yard, house, verdicts }, storage, results)) {
      if (options.parts.includes(part)) await attemptPart(`${part} on ${storage}`, work)
    }
  } finally {
    await house.close()
  }
}

/** What is measured with a server on this storage. */
function partsOf(
  place: { yard: Yard; house: House; verdicts: Verdicts },
  storage: Storage,
  results: Results
): Array<[Part, () => Promise<void>]> {
  const { yard, house } = place
  const isFirst = storage === options.storages[0]
  const speed = (course: { route: 'upsert' | 'bulk'; hasFormulas?: boolean }) => async () => {
    results.speeds.push(await measureSpeed(place, options, { storage, ...course }))
  }
  const all: Array<[Part, boolean, () => Promise<void>]> = [
    ['upsert', true, speed({ route: 'upsert' })],
    ['bulk', true, speed({ route: 'bulk' })],
    ['formulas', onlyOn.formulas === storage, speed({ route: 'upsert', hasFormulas: true })],
    ['formulas', onlyOn.formulas === storage, speed({ route: 'bulk', hasFormulas: true })],
    [
      'export',
      true,
      async () => void results.speeds.push(await measureExport(place, options, storage)),
    ],
    [
      'credits',
      isFirst,
      async () => void results.credits.push(...(await measureCredits(yard, house, judgement))),
    ],
    [
      'memory',
      isFirst && !options.isQuick,
      async () => void results.memory.push(...(await measureMemory(yard, house, verdicts))),
    ],
    [
      'due',
      onlyOn.due === storage,
      async () => void results.delays.push(...(await measureDue(yard, house, judgement))),
    ],
  ]
  return all.flatMap(([part, fits, work]) => (fits ? [[part, work]] : []))
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
