import { test } from '@japa/runner'
import AuditEvent from '#domain/audit/audit_event'
import db from '@adonisjs/lucid/services/db'
import { Vault } from '#domain/tenants/vault'
import { givenConnection, givenTenant } from '#tests/support/app'

test.group('The vault', () => {
  test('opens what it sealed, for the same place and tenant only', async ({ assert }) => {
    const [vault, other] = [new Vault(await givenTenant()), new Vault(await givenTenant())]
    const sealed = vault.seal('pa55word', 'connections:1:secrets')
    assert.notInclude(sealed, 'pa55word')
    assert.equal(vault.open(sealed, 'connections:1:secrets'), 'pa55word')
    assert.throws(() => vault.open(sealed, 'connections:2:secrets'))
    assert.throws(() => other.open(sealed, 'connections:1:secrets'))
    assert.throws(() => vault.open(`${sealed.slice(0, -4)}AAA=`, 'connections:1:secrets'))
  })

  test('seals bytes as well, and opens what an older version sealed as text', async ({
    assert,
  }) => {
    const vault = new Vault(await givenTenant())
    const sealed = vault.sealBytes(Buffer.from('pa55word'), 'run_batches:1')
    assert.notInclude(sealed.toString('latin1'), 'pa55word')
    assert.equal(vault.openBytes(sealed, 'run_batches:1').toString(), 'pa55word')
    assert.throws(() => vault.openBytes(sealed, 'run_batches:2'))
    const older = Buffer.from(vault.seal('pa55word', 'run_batches:1'))
    assert.equal(vault.openBytes(older, 'run_batches:1').toString(), 'pa55word')
  })

  test('a secret that is moved to another connection does not open there', async ({ assert }) => {
    const tenant = await givenTenant()
    const [from, to] = [await givenConnection(tenant), await givenConnection(tenant)]
    await from.sealSecrets({ password: 'pa55word' })
    to.sealedSecrets = from.sealedSecrets
    await assert.rejects(() => to.secrets())
    assert.deepEqual(await from.secrets(), { password: 'pa55word' })
    assert.notInclude(JSON.stringify(from.serialize()), 'v1.')
  })
})

test.group('The audit', () => {
  test('shows where an event was altered', async ({ assert }) => {
    const entry = { tenantId: null, userId: null, action: 'thing.done', subject: 'x' }
    for (let times = 0; times < 4; times += 1) await AuditEvent.record(entry)
    assert.isNull(await AuditEvent.findBreak())

    const third = await AuditEvent.query().orderBy('number', 'desc').offset(1).firstOrFail()
    await db.from('audit_events').where('id', third.id).update({ subject: 'y' })
    assert.equal(await AuditEvent.findBreak(), third.number)
    await db.from('audit_events').where('id', third.id).update({ subject: 'x' })
    assert.isNull(await AuditEvent.findBreak())
  })

  test('numbers events one by one, whoever writes at the same time', async ({ assert }) => {
    const entry = { tenantId: null, userId: null, action: 'thing.raced', subject: 'x' }
    await Promise.all(Array.from({ length: 5 }, () => AuditEvent.record(entry, 20)))
    assert.isNull(await AuditEvent.findBreak())
  })
})
