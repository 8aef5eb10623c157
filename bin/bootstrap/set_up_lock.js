import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { dataFolder } from './paths.js'

/** Two commands started at once on a fresh clone must not install over each other. */
export async function oneAtATime(work) {
  if (process.env.CROSSDOCK_BOOTSTRAP) return work()
  mkdirSync(dataFolder(), { recursive: true, mode: 0o700 })
  const lock = join(dataFolder(), '.setup.lock')
  while (!take(lock)) await delay(200)
  const release = () => rmSync(lock, { force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.off('exit', release)
    release()
  }
}

function take(lock) {
  try {
    const file = openSync(lock, 'wx')
    writeSync(file, String(process.pid))
    closeSync(file)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    if (!ownerLives(lock)) rmSync(lock, { force: true })
    return false
  }
}

function ownerLives(lock) {
  try {
    const owner = Number(readFileSync(lock, 'utf8'))
    // Between opening and writing the file is empty: its owner is at work.
    if (owner === 0) return true
    process.kill(owner, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
