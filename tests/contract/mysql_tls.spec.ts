import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { test } from '@japa/runner'
import { createConnection } from 'mysql2/promise'
import { contractContext, temporaryFolder } from '#tests/support/contract_context'
import { hasCommand, privateMariadb, type DatabaseServer } from '#tests/support/contract_mariadb'
import mysql from '../../plugins/connectors/mysql/connector.js'

const needed = ['openssl', 'mariadbd', 'mariadb-install-db']
const found = await Promise.all(needed.map(hasCommand))
const missing = needed.filter((_name, at) => !found[at])

test.group('mysql over TLS', (group) => {
  let server: DatabaseServer
  let check: (settings: object) => ReturnType<typeof mysql.check>

  group.tap((each) => each.skip(missing.length > 0, `not here: ${missing}`))
  group.setup(async () => {
    if (missing.length > 0) return
    const folder = await temporaryFolder()
    const files = { key: `${folder.path}/key.pem`, certificate: `${folder.path}/certificate.pem` }
    const place = ['-keyout', files.key, '-out', files.certificate, '-subj', '/CN=localhost']
    await promisify(execFile)('openssl', [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      ...place,
    ])
    server = await privateMariadb([`--ssl-cert=${files.certificate}`, `--ssl-key=${files.key}`])
    const { host, port, user } = server
    const db = await createConnection({ host, port, user, multipleStatements: true })
    await db.query(`CREATE DATABASE shop; CREATE USER anyhow@localhost IDENTIFIED BY 'pass-word';
      CREATE USER encrypted@localhost IDENTIFIED BY 'pass-word' REQUIRE SSL;
      GRANT SELECT ON shop.* TO anyhow@localhost; GRANT SELECT ON shop.* TO encrypted@localhost`)
    await db.end()
    check = (settings) =>
      mysql.check(
        contractContext(
          {
            settings: {
              host,
              port,
              database: 'shop',
              user: 'anyhow',
              tlsVerify: true,
              ...settings,
            },
            secrets: { password: 'pass-word' },
          },
          { folder: folder.path, authorize: null }
        )
      )
    await folder.remove()
  })
  group.teardown(async () => {
    if (missing.length === 0) await server.stop()
  })

  test('a certificate that nobody vouches for is refused', async ({ assert }) => {
    assert.containsSubset(await check({ tls: true }), { ok: false, field: 'tlsVerify' })
  })

  test('it is taken where verifying is off', async ({ assert }) => {
    assert.containsSubset(await check({ tls: true, tlsVerify: false }), { ok: true })
  })

  test('a user that must come encrypted is told so', async ({ assert }) => {
    const answer = await check({ user: 'encrypted', tls: false })
    assert.containsSubset(answer, { ok: false, field: 'tls' })
    assert.match(answer.message, /Turn TLS on/)
  })

  test('and is let in with TLS', async ({ assert }) => {
    const answer = await check({ user: 'encrypted', tls: true, tlsVerify: false })
    assert.containsSubset(answer, { ok: true })
  })
})
