import { runAce, runBench, runDemo, runStart } from './bootstrap/verbs.js'
import { SetupFault, sentenceOf } from './bootstrap/setup_fault.js'
import { runTests } from './bootstrap/test_run.js'

/** What `npm start`, `npm run demo | bench | ace` and `npm test` call, on any Node from 20 on. */
const verbs = { start: runStart, demo: runDemo, test: runTests, bench: runBench, ace: runAce }

async function main([verb, ...args]) {
  const run = Object.hasOwn(verbs, verb ?? '') ? verbs[verb] : undefined
  if (!run) {
    throw new SetupFault(
      `There is no verb "${verb ?? ''}". Use: node bin/bootstrap.js ${Object.keys(verbs).join(' | ')}.`
    )
  }
  return run(args)
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`✖ ${sentenceOf(error)}\n`)
  process.exitCode = 1
}
