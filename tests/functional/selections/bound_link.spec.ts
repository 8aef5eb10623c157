import { test } from '@japa/runner'
import Selection from '#domain/selections/selection'
import { Visitor } from '#tests/support/visitor'
import { withZohoSelection } from '#tests/support/zoho_selection'

test.group('A link to a selection', () => {
  test('is for these records of that org, for that person, until then', ({ assert }) =>
    withZohoSelection(async (house) => {
      const path = await house.linkTo(['71'])
      const statusOf = () => new Visitor().statusOf(path)
      const selection = await Selection.findOrFail(path.slice(3).split('.')[0])
      const { ids, module, org, userId, expiresAt } = selection
      const others: Array<Partial<Selection>> = [
        { ids: ['71', '73'] },
        { module: 'Leads' },
        { org: `${org}1` },
        { userId: '43' },
        { expiresAt: expiresAt.plus({ minutes: 1 }) },
      ]
      for (const changed of others) {
        await selection.merge(changed).save()
        assert.equal(await statusOf(), 404, Object.keys(changed).join())
        await selection.merge({ ids, module, org, userId, expiresAt }).save()
        assert.equal(await statusOf(), 200)
      }
    })).timeout(180_000)
})
