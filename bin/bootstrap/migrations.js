import { createHash } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSettings } from './env_file.js'
import { fingerprint, readMark } from './fingerprint.js'
import { dataFolder, inRoot } from './paths.js'
import { serverNode } from './platform.js'
import { captureProgram, plainLines } from './run_program.js'
import { SetupFault } from './setup_fault.js'

/** Brings the database up to the code. With `always` it asks the database itself. */
export async function migrateDatabase(steps, { always }) {
  const mark = join(dataFolder(), '.migrated')
  const wanted = state()
  if (!always && readMark(mark) === wanted && databaseIsThere()) return
  await steps.run('brings the database up to date', migrate)
  writeFileSync(mark, wanted)
}

function state() {
  const settings = readSettings(inRoot('.env'))
  const database = Object.keys(settings)
    .filter((name) => name === 'DB_CONNECTION' || /^MYSQL_(?!PASSWORD)/.test(name))
    .sort()
    .map((name) => `${name}=${settings[name]}`)
  return createHash('sha256')
    .update(fingerprint(inRoot('database', 'migrations')))
    .update(database.join('\n'))
    .digest('hex')
}

function databaseIsThere() {
  const settings = readSettings(inRoot('.env'))
  return settings.DB_CONNECTION === 'mysql' || existsSync(join(dataFolder(), 'crossdock.sqlite'))
}

async function migrate() {
  const args = ['ace.js', 'migration:run', '--force']
  const { code, output } = await captureProgram(serverNode(), args)
  if (code === 0) return
  const said = plainLines(output)
    .slice(-8)
    .map((line) => `  ${line}`)
  throw new SetupFault(
    `The database could not be brought up to date; it said:\n${said.join('\n')}\nCheck the settings in .env, above all DB_CONNECTION, DATA_DIR and those that begin with MYSQL_, then run this again.`
  )
}
