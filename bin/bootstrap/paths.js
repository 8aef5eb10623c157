import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readSettings } from './env_file.js'

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

export function inRoot(...parts) {
  return join(root, ...parts)
}

/** The folder of the database and of everything else the server stores. */
export function dataFolder() {
  return resolve(root, readSettings(inRoot('.env')).DATA_DIR || 'data')
}
