import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { test } from '@japa/runner'
import { Client } from 'pg'
import { contractContext } from '#tests/support/contract_context'
import { hasCommand } from '#tests/support/contract_mariadb'
import { postgresMissing, startPostgres, type PostgresServer } from '#tests/support/postgres'
import postgres from '../../../../plugins/connectors/postgres/connector.js'

const missing = (await hasCommand('openssl')) ? postgresMissing() : 'no openssl on this machine'

async function makeCertificate(folder: string): Promise<void> {
  const place = ['-keyout', `${folder}/key.pem`, '-out', `${folder}/certificate.pem`]
  const kind = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=localhost']
  await promisify(execFile)('openssl', ['req', ...kind, ...place])
}

const SETTINGS = ['ssl=on', 'ssl_cert_file=$folder/certificate.pem', 'ssl_key_file=$folder/key.pem']

test.group('postgres over TLS', (group) => {
  let server: PostgresServer

  group.tap((each) => each.skip(missing !== null, missing ?? ''))
  group.setup(async () => {
    if (missing !== null) return
    server = await startPostgres(SETTINGS, makeCertificate)
    const db = new Client({ ...server, database: 'postgres' })
    await db.connect()
    await db.query(
      `SET password_encryption = 'scram-sha-256'; CREATE USER guest PASSWORD 'pass-word'`
    )
    await db.end()
  })

  function check(settings: object) {
    const { host, port } = server
    const base = { host, port, database: 'postgres', schema: 'public', user: 'guest' }
    const connection = { settings: { ...base, ...settings }, secrets: { password: 'pass-word' } }
    return postgres.check(contractContext(connection, { folder: '', authorize: null }))
  }

  test('a certificate that nobody vouches for is refused', async ({ assert }) => {
    assert.containSubset(await check({ tls: true, tlsVerify: true }), {
      ok: false,
      field: 'tlsVerify',
    })
  })

  test('it is taken where verifying is off', async ({ assert }) => {
    assert.containSubset(await check({ tls: true, tlsVerify: false }), { ok: true })
  })

  test('a server with TLS may be used without it', async ({ assert }) => {
    assert.containSubset(await check({ tls: false }), { ok: true })
  })

  test('a server that takes encrypted connections only says so', async ({ assert }) => {
    const db = new Client({ ...server, database: 'postgres' })
    await db.connect()
    const { rows } = await db.query('SHOW hba_file')
    await db.query(`COPY (SELECT 'hostssl all all 127.0.0.1/32 md5') TO '${rows[0].hba_file}'`)
    await db.query('SELECT pg_reload_conf()')
    await db.end()
    let answer = await check({ tls: false })
    // The server reads its rules again in its own time.
    while (answer.ok) answer = await check({ tls: false })
    assert.containSubset(answer, { ok: false, field: 'tls' })
    assert.match(answer.message, /Turn TLS on/)
  })
})
