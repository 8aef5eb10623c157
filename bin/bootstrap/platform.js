import { existsSync } from 'node:fs'
import { inRoot } from './paths.js'
import { SetupFault } from './setup_fault.js'

const neededMajor = 26
const bringsNode = process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch)

/** Fails early where the packages bring no Node and the one at hand is too old. */
export function checkPlatform() {
  const major = Number(process.versions.node.split('.')[0])
  if (major < 20) {
    throw new SetupFault(
      `This needs Node 20 or newer, and ${process.execPath} is ${process.version}: install a newer one.`
    )
  }
  if (!bringsNode && major < neededMajor) {
    throw new SetupFault(
      `On ${process.platform}-${process.arch} no Node comes with the packages, and ${process.version} is too old: install Node ${neededMajor} and run this again.`
    )
  }
}

/** The Node that runs the server. */
export function serverNode() {
  const own = inRoot('node_modules', '.bin', 'node')
  return bringsNode && existsSync(own) ? own : process.execPath
}

// Node 26 warns at each start of what AdonisJS does; nobody at this terminal can mend it.
export const quiet = ['--disable-warning=DEP0205', '--disable-warning=Warning']

/** What goes before the name of a TypeScript file. */
export const typescript = [...quiet, '--import=@poppinss/ts-exec']

/** The same for tests, which start the same programs again and again. */
export const cachedTypescript = [...quiet, '--import=./tests/support/cached_typescript.js']
