import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from '@japa/runner'
import AuditEvent from '#domain/audit/audit_event'
import { tenantFolder } from '#domain/connections/tenant_folder'
import type { Role } from '#domain/tenants/membership'
import { givenTenant, givenUser } from '#tests/support/app'
import { Visitor } from '#tests/support/visitor'

async function givenFile() {
  const tenant = await givenTenant()
  const folder = await tenantFolder(tenant.id)
  await writeFile(join(folder, 'orders out.csv'), 'id\r\n1\r\n')
  await writeFile(join(folder, '.orders out.csv.lock'), 'hidden')
  const as = async (role: Role) => Visitor.signedInAs(await givenUser({ tenant, role }))
  return { tenant, as, address: (name: string) => `/t/${tenant.slug}/files/${name}` }
}

test.group('Files to download', () => {
  test('an operator gets the file, and it is noted', async ({ assert }) => {
    const { tenant, as, address } = await givenFile()
    const operator = await as('operator')
    const { status, body } = await operator.get(address('orders%20out.csv'))
    assert.equal(status, 200)
    assert.equal(body, 'id\r\n1\r\n')
    const event = await AuditEvent.query()
      .where('tenantId', tenant.id)
      .orderBy('id', 'desc')
      .first()
    assert.containSubset(event?.serialize(), {
      action: 'file.downloaded',
      subject: 'orders out.csv',
    })
  })

  test('a viewer gets none, and nobody what is hidden, outside or another’s', async ({
    assert,
  }) => {
    const { as, address } = await givenFile()
    const viewer = await as('viewer')
    assert.equal(await viewer.statusOf(address('orders%20out.csv')), 403)
    const operator = await as('operator')
    for (const name of ['.orders%20out.csv.lock', '..%2F..%2Fdb.sqlite', 'none.csv']) {
      assert.equal(await operator.statusOf(address(name)), 404, name)
    }
    const other = await givenFile()
    const stranger = await other.as('admin')
    assert.equal(await stranger.statusOf(address('orders%20out.csv')), 404)
  })
})
