import { createServer } from 'node:net'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { stringify } from 'yaml'
import crossdock from '#config/crossdock'
import { applyConnection } from '#domain/connections/apply_connection'
import { parseConnectionFile } from '#domain/connections/connection_file'
import { Refusal } from '#domain/refusal'
import { applyService } from '#domain/services/apply_service'
import { parseServiceFile } from '#domain/services/service_file'
import type { ServiceDefinition } from '#sdk'
import { givenTenant } from '#tests/support/app'
import { runCommand, runFile } from '#tests/support/run_command'
import { givenShopToZoho, orderDefinition } from '#tests/support/shop_to_zoho'
import { withTestRunners } from '#tests/support/with_test_runners'

const STACK = /\n\s+at |⁃ at/

type Change = (definition: ServiceDefinition) => void

const mapTo =
  (index: number, changes: object): Change =>
  (definition) => {
    const row = definition.mapping[index]
    definition.mapping[index] = { to: row?.to ?? '', ...changes }
  }

/** A change to a sound service, and the words that must say what, where and how to mend it. */
const WRONG: Array<[name: string, change: Change, words: RegExp[]]> = [
  ['an unknown source stream', (d) => (d.source.stream = 'ordres'), [/source\.stream/, /ordres/]],
  ['an unknown target stream', (d) => (d.target.stream = 'Deels'), [/target\.stream/, /Deels/]],
  [
    'an unknown connection',
    (d) => (d.source.connection = 'shoop'),
    [/source\.connection/, /shop, zoho/],
  ],
  ['an unknown source field', mapTo(0, { from: 'numbr' }), [/mapping\[0\]/, /numbr/, /number/]],
  [
    'an unknown target field',
    (d) => d.mapping.push({ to: 'Amuont', from: 'total' }),
    [/mapping\[4\]/, /Amuont/, /Amount/],
  ],
  [
    'a formula that does not parse',
    mapTo(1, { formula: 'source.customer +' }),
    [/mapping\[1\]\.formula/],
  ],
  ['a formula with a type error', mapTo(1, { formula: '1 + "a"' }), [/mapping\[1\]\.formula/]],
  ['an unknown route', (d) => (d.target.route = 'pigeon'), [/target\.route/, /pigeon/, /upsert/]],
  ['a match field that is not mapped', (d) => d.mapping.shift(), [/Order_Ref/]],
  ['a mandatory field that nothing fills', (d) => d.mapping.splice(1, 1), [/Deal_Name/]],
]

test.group('A service that does not fit', () => {
  for (const [name, change, words] of WRONG) {
    test(`because of ${name} is refused with a sentence`, async ({ assert }) => {
      const house = await givenShopToZoho({ records: 1 })
      const definition = orderDefinition({ records: 1 })
      change(definition)
      const error = await withTestRunners(() =>
        applyService(house.tenant, definition, { userId: null })
      ).catch((caught: unknown) => caught)
      assert.instanceOf(error, Refusal, String(error))
      for (const word of words) assert.match(String(error), word)
      await house.service.refresh()
      assert.equal(house.service.revision, 1, 'nothing was changed')
      await house.close()
    }).timeout(30_000)
  }

  test('a file with wrong parts lists them all', async ({ assert }) => {
    const text = stringify({
      name: 'Bad Name',
      kind: 'import',
      source: { connection: 'shop', stream: 'orders', fitler: 'x' },
      target: {
        connection: 'zoho',
        stream: 'Deals',
        operation: 'merge',
        match: { by: 'fields', fields: [] },
      },
      mapping: [{ to: 'A', from: 'a', timezone: 'Europe/Berlinn' }],
      schedule: { every: 0, unit: 'minutes' },
    })
    const error = await parseServiceFile(text, 'orders.yml').catch((caught: unknown) => caught)
    assert.instanceOf(error, Refusal)
    for (const words of [
      /orders\.yml/,
      /name/,
      /source\.fitler/,
      /operation/,
      /Europe\/Berlinn/,
      /schedule/,
    ]) {
      assert.match(String(error), words)
    }
    await assert.rejects(() => parseServiceFile('a: [', 'orders.yml'), /orders\.yml is not YAML/)
  })
})

test.group('A connection that does not fit', () => {
  test('names each wrong setting and secret', async ({ assert }) => {
    const file = { name: 'db', connector: 'mysql', settings: { prt: 1, port: 'x' }, secrets: {} }
    const error = await applyConnection(await givenTenant(), file, null).catch(
      (caught: unknown) => caught
    )
    assert.instanceOf(error, Refusal)
    for (const words of [
      /settings\.prt/,
      /settings\.port must be a whole number/,
      /settings\.database/,
    ]) {
      assert.match(String(error), words)
    }
  })

  test('names a missing environment variable, and an unknown connector', async ({ assert }) => {
    const text = 'name: db\nconnector: mysql\nsecrets: { password: $SHOP_PASSWORD_X }'
    assert.throws(
      () => parseConnectionFile(text, 'db.yml', {}),
      /SHOP_PASSWORD_X, which is not set/
    )
    const file = { name: 'x', connector: 'nosuch', settings: {}, secrets: {} }
    await assert.rejects(
      async () => applyConnection(await givenTenant(), file, null),
      /There is no connector "nosuch"/
    )
  })
})

test.group('A command that cannot do it', () => {
  test('says why in one sentence, and ends with 1', async ({ assert }) => {
    const tenant = await givenTenant()
    const file = join(crossdock.dataRoot, 'bad.yml')
    await writeFile(file, 'name: x\nkind: export\n')
    const answers = await Promise.all([
      runCommand('service:apply', file, `--tenant=${tenant.slug}`),
      runCommand('service:apply', '/nowhere.yml', `--tenant=${tenant.slug}`, '--json'),
      runCommand('service:run', 'nosuch', '--tenant=nobody'),
      runCommand('run:show', 'nosuch'),
    ])
    const words = [
      /bad\.yml is not a service/,
      /no such file/,
      /no tenant "nobody"/,
      /no run "nosuch"/,
    ]
    answers.forEach(({ code, stdout, stderr }, index) => {
      assert.equal(code, 1, stderr)
      assert.match(stdout + stderr, words[index] ?? /$^/)
      assert.notMatch(stdout + stderr, STACK)
    })
    assert.properties(JSON.parse(answers[1]?.stdout ?? ''), ['error'])
  }).timeout(60_000)

  test('a port in use is said in one sentence', async ({ assert }) => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    const { code, stdout, stderr } = await runFile('bin/server.ts', [], { PORT: String(port) })
    taken.close()
    assert.equal(code, 1)
    assert.match(stdout + stderr, new RegExp(`Port ${port} .*in use.*PORT`))
    assert.notMatch(stdout + stderr, STACK)
  }).timeout(60_000)

  test('a database newer than the code is left alone', async ({ assert }) => {
    const name = 'database/migrations/9999_from_the_future'
    await db.table('adonis_schema').insert({ name, batch: 99 })
    try {
      const answers = await Promise.all([
        runFile('bin/server.ts', [], { PORT: '0' }),
        runCommand('doctor'),
        runCommand('run:show', 'x'),
      ])
      for (const { code, stdout, stderr } of answers) {
        assert.equal(code, 1)
        assert.match(stdout + stderr, /database is newer than this code.*9999_from_the_future/)
        assert.notMatch(stdout + stderr, STACK)
      }
    } finally {
      await db.from('adonis_schema').where('name', name).delete()
    }
  }).timeout(60_000)
})
