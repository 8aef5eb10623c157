import { test } from '@japa/runner'
import { givenDeadLetter, givenRun, givenService, givenTenant, givenUser } from '#tests/support/app'
import type { Role } from '#domain/tenants/membership'
import type { Pages } from '#http/pages'
import { Visitor } from '#tests/support/visitor'

const VALUE = 'ada-at-example'
const message = `"${VALUE}" is no mail address`

async function givenPages() {
  const tenant = await givenTenant()
  const service = await givenService(tenant)
  const run = await givenRun(service, { state: 'partial', rejected: 2 })
  const fault = { message, value: VALUE, field: 'Email' }
  const letter = await givenDeadLetter(run, { ...fault, sourceKey: 'A-7' })
  await givenDeadLetter(run, { ...fault, sourceKey: 'A-8', code: 'HOUSE_RULE_7' })
  const own = `/t/${tenant.slug}`
  const pages = [
    own,
    `${own}/runs/${run.id}`,
    `${own}/services/${service.id}/dead-letters`,
    `${own}/dead-letters/${letter.id}`,
    `${own}/records?key=A-7`,
  ]
  return { tenant, pages }
}

test.group('What is in a failed record', () => {
  test('is told to those who may see it, and on no page to a viewer', async ({ assert }) => {
    const { tenant, pages } = await givenPages()
    const operator = await Visitor.signedInAs(await givenUser({ tenant }))
    const viewer = await Visitor.signedInAs(await givenUser({ tenant, role: 'viewer' }))
    for (const path of pages) {
      const told = JSON.stringify(await operator.pageAt(path))
      const hidden = JSON.stringify(await viewer.pageAt(path))
      assert.include(told, VALUE, path)
      assert.notInclude(hidden, VALUE, path)
      assert.match(hidden, /Correct (the value of )?Email/, path)
    }
  })

  test('is found in the history by who may see it alone', async ({ assert }) => {
    const { tenant } = await givenPages()
    const found = async (role: Role, error: string) => {
      const visitor = await Visitor.signedInAs(await givenUser({ tenant, role }))
      const query = new URLSearchParams({ error })
      const page = await visitor.pageAt(`/t/${tenant.slug}/runs?${query}`)
      return (page?.props as Pages['runs/index']).runs.rows.length
    }
    assert.equal(await found('operator', VALUE), 1)
    assert.equal(await found('viewer', VALUE), 0)
    assert.equal(await found('viewer', 'HOUSE_RULE_7'), 1)
  })
})
