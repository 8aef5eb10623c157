import { checkPort } from './port.js'
import { quiet, serverNode, typescript } from './platform.js'
import { runProgram } from './run_program.js'
import { setUp } from './set_up.js'
import { Steps } from './steps.js'

/** Commands that ask or change the schema themselves, or need no database. */
const withoutMigrations = /^(migration:|db:|make:|list$|help$|doctor$|zoho:simulate$|plugin:)/

export async function runStart(args) {
  await setUp(new Steps())
  await checkPort()
  return runProgram(serverNode(), [...typescript, 'bin/server.ts', ...args])
}

export async function runAce(args) {
  const steps = new Steps({ json: args.includes('--json') })
  const migrations = args[0] && !withoutMigrations.test(args[0]) ? 'when changed' : 'never'
  await setUp(steps, { migrations, pages: false })
  return ace(args)
}

export async function runDemo(args) {
  await setUp(new Steps({ json: args.includes('--json') }))
  return ace(['demo', ...args])
}

export async function runBench(args) {
  await setUp(new Steps({ json: args.includes('--json') }), { pages: false })
  return runProgram(serverNode(), [...typescript, 'tests/bench/bench.ts', ...args])
}

function ace(args) {
  return runProgram(serverNode(), [...quiet, 'ace.js', ...args])
}
