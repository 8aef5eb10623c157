import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { SetupFault } from './setup_fault.js'

const freshKeys = {
  APP_KEY: () => randomBytes(32).toString('base64url'),
  MASTER_KEY: () => randomBytes(32).toString('base64'),
}

/** Makes `.env` from the example with keys of its own; an existing one is never touched. */
export function makeEnvFile(example, target) {
  const text = readFileSync(example, 'utf8').replace(
    /^(APP_KEY|MASTER_KEY)=\s*$/gm,
    (_line, name) => `${name}=${freshKeys[name]()}`
  )
  writeFileSync(target, text, { mode: 0o600, flag: 'wx' })
}

/** Copied from the example by hand, a file has none. The server reads those beside it as well. */
export function checkKeys(path) {
  const mode = process.env.NODE_ENV
  const endings = ['', '.local', ...(mode ? [`.${mode}`, `.${mode}.local`] : [])]
  const files = endings.map((ending) => readSettings(path + ending))
  const empty = Object.keys(freshKeys).filter((name) => files.every((file) => !file[name]))
  if (empty.length === 0) return
  throw new SetupFault(
    `${empty.join(' and ')} in .env ${empty.length > 1 ? 'are' : 'is'} empty. In a new installation put .env aside and run this again: one is made with fresh keys. Where there are data already, put in the keys they were made with: without their MASTER_KEY no stored secret opens.`
  )
}

/** The settings that hold: the environment's own before the file's. */
export function readSettings(path) {
  const settings = {}
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*(?:export\s+)?([A-Z][A-Z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line)
    if (match) settings[match[1]] = match[2].replace(/^(["'])(.*)\1$/, '$2')
  }
  return { ...settings, ...process.env }
}
