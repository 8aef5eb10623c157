import { existsSync } from 'node:fs'
import { addCounts, countsLine, japaCounts, noCounts } from './japa_counts.js'
import { holdMariadb } from './hold_mariadb.js'
import { buildPages } from './pages.js'
import { inRoot } from './paths.js'
import { serverNode } from './platform.js'
import { captureProgram } from './run_program.js'
import { sentenceOf } from './setup_fault.js'
import { setUp } from './set_up.js'
import { Steps } from './steps.js'
import { installPrograms } from './system_programs.js'
import { checkSteps, suiteSteps } from './test_steps.js'
import { installZohoSdk } from './zoho_sdk.js'

/** Of a step that hangs: a slow machine needs four times as long as a quiet one. */
const longestStep = 60 * 60_000
const oneFault = { passed: 0, failed: 1, skipped: 0 }

/** Runs every step, whatever the others gave; the last line holds the sums. */
export async function runTests() {
  const steps = new Steps()
  await setUp(steps, { migrations: 'never', pages: false })
  const checked = inTurn(steps, checkSteps(), { absent: new Map(), env: {} })
  const ground = prepare(steps)
  let sum = noCounts
  try {
    const suites = suiteSteps()
    const lane = async () => inTurn(steps, suites, await ground)
    // Suites mostly wait for their servers: two side by side, and the others once the checks are over.
    const lanes = [lane(), lane(), checked.then(lane), checked.then(lane)]
    const prepared = ground.then(({ total }) => total)
    sum = (await Promise.all([checked, prepared, ...lanes])).reduce(addCounts)
  } finally {
    const { mariadb } = await ground
    await mariadb.close()
  }
  steps.say(`\n${countsLine(sum)}`)
  return sum.failed === 0 ? 0 : 1
}

/** What the suites need besides our packages. */
async function prepare(steps) {
  const absent = await installPrograms(steps)
  if (absent.has('postgres')) {
    steps.say(`– tests with PostgreSQL: skipped, ${absent.get('postgres')}`)
  }
  const zohoSdk = await installZohoSdk(steps)
  const built = await pages(steps)
  const mariadb = await holdMariadb(steps, absent)
  const total = addCounts({ ...noCounts, failed: mariadb.faults }, built)
  return { total, absent, mariadb, env: { ...mariadb.env, ...zohoSdk } }
}

/** One step after the other, until none is left; what one says is printed when it is over. */
async function inTurn(steps, waiting, { absent, env }) {
  let total = noCounts
  for (let step = waiting.shift(); step; step = waiting.shift()) {
    total = addCounts(total, await runStep(steps, step, { absent, env }))
  }
  return total
}

async function pages(steps) {
  try {
    await buildPages(steps)
    return noCounts
  } catch (error) {
    steps.say(sentenceOf(error))
    return oneFault
  }
}

async function runStep(steps, step, { absent, env }) {
  const started = performance.now()
  const missing = (step.needs ?? []).filter((path) => !existsSync(inRoot(path)))
  if (missing.length > 0) {
    steps.line('✖', `${step.title}: ${missing.join(' and ')} should be there and is not`, started)
    return oneFault
  }
  const lacking = (step.programs ?? []).find((program) => absent.has(program))
  if (lacking) {
    const inCi = process.env.CI === 'true'
    steps.line(inCi ? '✖' : '–', `${step.title}: not run, ${absent.get(lacking)}`, started)
    return inCi ? oneFault : noCounts
  }
  return report(steps, step, started, await attempt(step, env))
}

async function attempt(step, env) {
  try {
    const options = { env: { ...env, ...step.env }, timeout: longestStep }
    return await captureProgram(serverNode(), step.args, options)
  } catch (error) {
    return { code: 1, output: sentenceOf(error) }
  }
}

// A step that failed without a failed test still fails the sum, which is what people read.
function report(steps, step, started, { code, output }) {
  const counts = step.counts ? japaCounts(output) : noCounts
  const sound = code === 0 && counts !== undefined
  const said = step.counts && counts ? `: ${countsLine(counts)}` : ''
  if (!sound) steps.say(`\n${output.trimEnd()}\n`)
  steps.line(sound ? '✔' : '✖', `${step.title}${said}`, started)
  if (sound) return counts
  return counts?.failed ? counts : addCounts(counts ?? noCounts, oneFault)
}
