import { existsSync, writeFileSync } from 'node:fs'
import { fingerprint, readMark } from './fingerprint.js'
import { inRoot } from './paths.js'
import { serverNode } from './platform.js'
import { captureProgram, plainLines } from './run_program.js'
import { SetupFault } from './setup_fault.js'

const mark = inRoot('public', 'assets', '.crossdock')

/** Builds the pages when what they are made of has changed since the last time. */
export async function buildPages(steps) {
  const sources = ['inertia', 'resources', 'vite.config.ts', 'package-lock.json']
  const wanted = fingerprint(...sources.map((name) => inRoot(name)))
  if (readMark(mark) === wanted) return
  await steps.run('builds the pages', build)
  writeFileSync(mark, wanted)
}

async function build() {
  const args = [inRoot('node_modules', 'vite', 'bin', 'vite.js'), 'build']
  const { code, output } = await captureProgram(serverNode(), args, {
    env: { NODE_ENV: 'production' },
  })
  if (code === 0 && existsSync(inRoot('public', 'assets'))) return
  const said = plainLines(output)
    .slice(-12)
    .map((line) => `  ${line}`)
  throw new SetupFault(`The pages could not be built; vite said:\n${said.join('\n')}`)
}
