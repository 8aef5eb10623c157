import { existsSync } from 'node:fs'
import { checkKeys, makeEnvFile } from './env_file.js'
import { installPackages } from './install.js'
import { migrateDatabase } from './migrations.js'
import { buildPages } from './pages.js'
import { inRoot } from './paths.js'
import { checkPlatform } from './platform.js'
import { oneAtATime } from './set_up_lock.js'

/** Everything that must stand before the server can run. What stands already costs nothing. */
export async function setUp(steps, { migrations = 'always', pages = true } = {}) {
  checkPlatform()
  await oneAtATime(async () => {
    await installPackages(steps)
    await makeSettings(steps)
    if (migrations !== 'never') await migrateDatabase(steps, { always: migrations === 'always' })
    if (pages) await buildPages(steps)
  })
}

async function makeSettings(steps) {
  if (!existsSync(inRoot('.env'))) {
    await steps.run('makes .env with fresh keys', () =>
      makeEnvFile(inRoot('.env.example'), inRoot('.env'))
    )
  }
  checkKeys(inRoot('.env'))
}
