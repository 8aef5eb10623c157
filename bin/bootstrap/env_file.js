import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

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

/** The settings that hold: the environment's own before the file's. */
export function readSettings(path) {
  const settings = {}
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*([A-Z][A-Z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line)
    if (match) settings[match[1]] = match[2].replace(/^(["'])(.*)\1$/, '$2')
  }
  return { ...settings, ...process.env }
}
