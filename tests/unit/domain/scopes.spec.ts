import { test } from '@japa/runner'
import fc from 'fast-check'
import { coversScope, missingScopes } from '#domain/connections/covers_scope'
import { wantedScopes } from '#domain/connections/wanted_scopes'
import type { ScopeWish } from '#domain/connections/wanted_scopes'
import { scopes } from '../../../plugins/connectors/zoho_crm/scopes.js'

const wish: fc.Arbitrary<ScopeWish> = fc.record({
  use: fc.constantFrom(...scopes.uses.map(({ name }) => name)),
  streams: fc.oneof(
    fc.constant('all' as const),
    fc.uniqueArray(fc.constantFrom('Deals', 'Sales_Orders', 'My_Module'), { minLength: 1 })
  ),
})

test.group('Scopes', () => {
  test('{granted} covers {needed}: {covers}')
    .with([
      { granted: 'ZohoCRM.modules.ALL', needed: 'ZohoCRM.modules.deals.READ', covers: true },
      { granted: 'ZohoCRM.modules.READ', needed: 'ZohoCRM.modules.deals.READ', covers: true },
      { granted: 'zohocrm.MODULES.deals.read', needed: 'ZohoCRM.modules.deals.READ', covers: true },
      {
        granted: 'ZohoCRM.modules.deals.WRITE',
        needed: 'ZohoCRM.modules.deals.CREATE',
        covers: true,
      },
      {
        granted: 'ZohoCRM.modules.deals.WRITE',
        needed: 'ZohoCRM.modules.deals.DELETE',
        covers: false,
      },
      { granted: 'ZohoCRM.modules.deals.ALL', needed: 'ZohoCRM.modules.READ', covers: false },
      { granted: 'ZohoCRM.modules.deal.ALL', needed: 'ZohoCRM.modules.deals.READ', covers: false },
      { granted: 'ZohoCRM.org.READ', needed: 'ZohoCRM.org.ALL', covers: false },
    ])
    .run(({ assert }, { granted, needed, covers }) => {
      assert.equal(coversScope(granted, needed), covers)
    })

  test('name modules as Zoho does, custom ones all alike', ({ assert }) => {
    const streams = ['Sales_Orders', 'My_Module']
    assert.includeMembers(wantedScopes(scopes, [{ use: 'delete', streams }]), [
      'ZohoCRM.modules.salesorders.DELETE',
      'ZohoCRM.modules.custom.DELETE',
    ])
    const all = wantedScopes(scopes, [{ use: 'delete', streams: 'all' }])
    assert.include(all, 'ZohoCRM.modules.DELETE')
  })

  test('that are wanted grant every wish, and none of them is one too many', ({ assert }) => {
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 6 }), (wishes) => {
        const wanted = wantedScopes(scopes, wishes)
        for (const each of wishes) {
          assert.isEmpty(missingScopes(wanted, wantedScopes(scopes, [each])))
        }
        for (const scope of wanted) {
          const others = wanted.filter((other) => other !== scope)
          const isNeeded = wishes.some(
            (each) => missingScopes(others, wantedScopes(scopes, [each])).length > 0
          )
          assert.isTrue(isNeeded || missingScopes(others, scopes.always).includes(scope), scope)
        }
      })
    )
  })
})
