import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { captureProgram, plainLines } from './run_program.js'
import { sentenceOf } from './setup_fault.js'

const postgresql = '/usr/lib/postgresql'

/** Debian's package for each program that the tests need. */
const packages = {
  'mariadbd': 'mariadb-server',
  'redis-server': 'redis-server',
  'chromium-headless-shell': 'chromium-headless-shell',
  'postgres': 'postgresql',
}
/** Does the same for half as much again of the processor's time: taken where the other cannot be had. */
const standIns = { 'chromium-headless-shell': 'chromium' }

/** Installs what is missing where that is possible. Answers why each of the others is not there. */
export async function installPrograms(steps) {
  const missing = Object.keys(packages).filter((program) => !hasProgram(program))
  const absent = new Map()
  if (missing.length === 0) return absent
  const hindrance = whyNotInstall() ?? (await refreshLists(steps))
  for (const program of missing) {
    const why = hindrance ?? (await aptInstall(steps, packages[program]))
    const isStoodFor = program in standIns && hasProgram(standIns[program])
    if (why && !isStoodFor) absent.set(program, `${packages[program]} is not installed and ${why}`)
  }
  return absent
}

function hasProgram(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  // Debian keeps the server's own programs apart, by version.
  const versions = existsSync(postgresql) ? readdirSync(postgresql) : []
  folders.push(...versions.map((version) => join(postgresql, version, 'bin')))
  return folders.some((folder) => mayRun(join(folder, name)))
}

function mayRun(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function whyNotInstall() {
  if (!existsSync('/usr/bin/apt-get')) return 'this system has no apt-get to install it with'
  if (process.getuid() !== 0)
    return 'only root can install it: run `apt-get install` for it as root'
  return undefined
}

function refreshLists(steps) {
  return attempt(steps, "reads the system's package lists", ['update', '-q'])
}

function aptInstall(steps, name) {
  return attempt(steps, `installs ${name}`, [
    'install',
    '-y',
    '-q',
    '--no-install-recommends',
    name,
  ])
}

async function attempt(steps, title, args) {
  try {
    await steps.run(title, async () => {
      const env = { DEBIAN_FRONTEND: 'noninteractive' }
      const { code, output } = await captureProgram('apt-get', args, { env })
      if (code === 0) return
      const lines = plainLines(output)
      throw new Error(lines.findLast((line) => line.startsWith('E:')) ?? lines.at(-1))
    })
    return undefined
  } catch (error) {
    return `apt-get could not install it: ${sentenceOf(error)}`
  }
}
