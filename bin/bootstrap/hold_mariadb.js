import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { root } from './paths.js'
import { serverNode, typescript } from './platform.js'
import { environmentOf } from './run_program.js'
import { sentenceOf } from './setup_fault.js'

/**
 * A MariaDB for this run of the tests. It lives in a process of its own, which ends with us
 * however we end: its input closes.
 */
export async function holdMariadb(steps, absent) {
  if (absent.has('mariadbd')) return { env: {}, close: async () => {}, faults: 0 }
  const child = spawn(serverNode(), [...typescript, 'tests/support/hold_mariadb.ts'], {
    cwd: root,
    env: environmentOf(),
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const close = async () => {
    if (child.exitCode !== null) return
    const gone = once(child, 'exit')
    child.stdin.end()
    await gone
  }
  try {
    const url = await steps.run('starts a MariaDB for the tests', () => firstLine(child))
    return { env: { CROSSDOCK_TEST_MYSQL: url }, close, faults: 0 }
  } catch (error) {
    steps.say(sentenceOf(error))
    return { env: {}, close, faults: 1 }
  }
}

function firstLine(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', () =>
      reject(new Error('The MariaDB for the tests did not start; it said why above.'))
    )
    child.stdout.setEncoding('utf8').once('data', (text) => resolve(text.trim()))
  })
}
