import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fingerprint, readMark } from './fingerprint.js'
import { npm, whatNpmSaid } from './npm.js'
import { inRoot } from './paths.js'
import { oneAtATime } from './set_up_lock.js'
import { sentenceOf } from './setup_fault.js'

const source = inRoot('tests', 'support', 'zoho_sdk', 'package')
const files = ['package.json', 'package-lock.json']
const cache = inRoot('tmp', 'zoho_sdk')
const mark = join(cache, 'node_modules', '.crossdock')
const longestInstall = 3 * 60_000

/**
 * Installs Zoho's own SDK beside our packages, for the one contract test that runs it. Answers
 * with the environment of the tests, which holds the reason when it could not.
 */
export async function installZohoSdk(steps) {
  const started = performance.now()
  try {
    await oneAtATime(() => bringUpToDate(steps, started))
    return {}
  } catch (error) {
    const reason = `it could not be installed (${sentenceOf(error)})`
    steps.line('–', `contract test with Zoho's own SDK: skipped, ${reason}`, started)
    return { CROSSDOCK_ZOHO_SDK_ABSENT: reason }
  }
}

async function bringUpToDate(steps, started) {
  const wanted = fingerprint(...files.map((name) => join(source, name)))
  if (readMark(mark) === wanted) return
  await install()
  writeFileSync(mark, wanted)
  steps.line('✔', "installs Zoho's own SDK, for its contract test alone", started)
}

async function install() {
  mkdirSync(cache, { recursive: true })
  for (const name of files) copyFileSync(join(source, name), join(cache, name))
  const args = ['ci', '--prefix', cache, '--ignore-scripts', '--no-audit', '--no-fund']
  const { code, output } = await npm([...args, '--fetch-retries=1'], { timeout: longestInstall })
  if (code === 0) return
  const [said = ''] = whatNpmSaid(output)
  throw new Error(`npm ci ended with ${code}: ${said.replace(/^npm (error|ERR!) /, '')}`)
}
