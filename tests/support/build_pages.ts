import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Without built pages a server under test starts Vite's own server, which is slow when cold. */
export function buildPages(): void {
  if (existsSync('public/assets/.vite/manifest.json')) return
  const { status, stderr } = spawnSync(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'build'],
    { encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } }
  )
  if (status !== 0) throw new Error(`The pages could not be built:\n${stderr}`)
}
