import { readFileSync, existsSync, writeFileSync } from 'node:fs'
import { fingerprint, readMark } from './fingerprint.js'
import { npm, whatNpmSaid } from './npm.js'
import { inRoot } from './paths.js'
import { SetupFault } from './setup_fault.js'

const lockfile = inRoot('package-lock.json')
const mark = inRoot('node_modules', '.crossdock')

/** Installs by the lockfile when node_modules is missing or holds something else. */
export async function installPackages(steps) {
  const wanted = fingerprint(lockfile)
  if (readMark(mark) === wanted) return
  if (!holdsTheLockfile()) {
    if (process.env.CROSSDOCK_BOOTSTRAP) {
      throw new SetupFault(
        'node_modules is older than package-lock.json, and a run inside another does not install: run `npm ci` first.'
      )
    }
    await steps.run('installs the packages by the lockfile', npmCi)
  }
  writeFileSync(mark, wanted)
}

// Whoever ran `npm ci` or `npm install` by hand need not wait for it a second time.
function holdsTheLockfile() {
  const installed = inRoot('node_modules', '.package-lock.json')
  if (!existsSync(installed)) return false
  const wanted = JSON.parse(readFileSync(lockfile, 'utf8')).packages
  const present = JSON.parse(readFileSync(installed, 'utf8')).packages
  return Object.entries(wanted).every(([path, { version, optional }]) =>
    path === '' || (optional && !present[path]) ? true : present[path]?.version === version
  )
}

async function npmCi() {
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund']
  const { code, output } = await npm(args)
  if (code === 0) return
  const said = whatNpmSaid(output).map((line) => `  ${line}`)
  throw new SetupFault(
    `The packages could not be installed (npm ci ended with ${code}): see what npm says below, mend it (network, registry, disk), and run this again.\n${said.join('\n')}`
  )
}
