import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMariadb } from '#simulators/shop/start_mariadb'

/** Run by `npm test`: prints the address of a fresh MariaDB and keeps it until its input closes. */
const folder = mkdtempSync(join(tmpdir(), 'crossdock-mariadb-'))
const server = await startMariadb(folder)
const url = new URL(server.url)
url.pathname = ''

process.stdout.write(`${url.href}\n`)
process.stdin.resume().once('end', async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})
