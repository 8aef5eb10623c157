import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { startMariadb } from '#simulators/shop/start_mariadb'

/** Run by `npm test`: prints the address of a fresh MariaDB and keeps it until its input closes. */
const folder = mkdtempSync(join(tmpdir(), 'crossdock-mariadb-'))
const server = await startMariadb(folder)
await forgetAtPowerLoss(server.url)
const url = new URL(server.url)
url.pathname = ''

process.stdout.write(`${url.href}\n`)
process.stdin.resume().once('end', async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Its databases end with the tests: no commit needs to wait for the disk. */
async function forgetAtPowerLoss(uri: string): Promise<void> {
  const connection = await createConnection({ uri })
  await connection.query('SET GLOBAL innodb_flush_log_at_trx_commit = 0')
  await connection.end()
}
