import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { tenantFolder } from '#domain/connections/tenant_folder'
import { givenTenant, givenUser } from '#tests/support/app'
import { Visitor } from '#tests/support/visitor'

const NAMES = ['orphan.sqlite-wal', 'shop.sqlite', 'shop.sqlite-shm', 'shop.sqlite-wal']

test.group('What SQLite keeps beside a database', () => {
  test('is not shown with it, and goes with it', async ({ assert }) => {
    const tenant = await givenTenant()
    const folder = await tenantFolder(tenant.id)
    for (const name of NAMES) await writeFile(join(folder, name), 'rows')
    const admin = await Visitor.signedInAs(await givenUser({ tenant, role: 'admin' }))
    const page = await admin.pageAt(`/t/${tenant.slug}/files`)
    const shown = page?.props.files as Array<{ name: string }>
    assert.deepEqual(
      shown.map(({ name }) => name),
      ['orphan.sqlite-wal', 'shop.sqlite']
    )
    await admin.delete(`/t/${tenant.slug}/files/shop.sqlite`)
    assert.deepEqual(await readdir(folder), ['orphan.sqlite-wal'])
  })
})
