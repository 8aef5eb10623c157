import { isKnownScope, missingScope } from '#simulators/zoho/auth/scopes'
import { routeScopes } from '#simulators/zoho/auth/route_scopes'
import { routes } from '#simulators/zoho/server/routes'
import { test } from '@japa/runner'
import { openConsent } from './consent_client.js'
import { openSimulator, statusOf } from './open_simulator.js'

test.group('Zoho simulator: scopes', () => {
  test('a wider scope covers a narrower one, never the other way', ({ assert }) => {
    const cases: [string, string, boolean][] = [
      ['ZohoCRM.modules.ALL', 'ZohoCRM.modules.Leads.READ', true],
      ['ZohoCRM.modules.READ', 'ZohoCRM.modules.Leads.READ', true],
      ['ZohoCRM.modules.leads.READ', 'ZohoCRM.modules.Leads.READ', true],
      ['ZohoCRM.modules.leads.READ', 'ZohoCRM.modules.Leads.CREATE', false],
      ['ZohoCRM.modules.leads.ALL', 'ZohoCRM.modules.Deals.READ', false],
      ['ZohoCRM.modules.leads.WRITE', 'ZohoCRM.modules.Leads.DELETE', true],
      ['ZohoCRM.modules.leads.WRITE', 'ZohoCRM.modules.Leads.READ', false],
      ['ZohoCRM.settings.ALL', 'ZohoCRM.settings.fields.READ', true],
      ['ZohoCRM.settings.fields.READ', 'ZohoCRM.settings.READ', false],
      ['ZohoCRM.modules.custom.READ', 'ZohoCRM.modules.X.READ|ZohoCRM.modules.custom.READ', true],
    ]
    for (const [held, needed, isEnough] of cases) {
      const missing = missingScope([held], [needed])
      assert.equal(missing === undefined, isEnough, `${held} for ${needed}`)
    }
    assert.equal(
      missingScope(['ZohoCRM.a.ALL'], ['ZohoCRM.a.READ', 'ZohoCRM.b.READ']),
      'ZohoCRM.b.READ'
    )
    assert.isUndefined(missingScope(null, ['ZohoCRM.b.READ']))
  })

  test('each route served says which scopes it needs, and all are known', ({ assert }) => {
    const silent = routes.filter(({ method, path }) => !(`${method} ${path}` in routeScopes))
    assert.deepEqual(silent, [])
    const served = new Set(routes.map(({ method, path }) => `${method} ${path}`))
    const dead = Object.keys(routeScopes).filter((name) => !served.has(name))
    assert.deepEqual(dead, ['GET /crm/__apis'], 'served beside the others')
    const named = Object.values(routeScopes).flatMap(({ scope }) => scope.split(/[,|]/))
    const unknown = named.filter((scope) => !isKnownScope(scope.replace('{module}', 'Leads')))
    assert.deepEqual(unknown, [])
  })

  test('a call without its scope is 401 OAUTH_SCOPE_MISMATCH and costs nothing', async (context) => {
    const { assert } = context
    const zoho = await openConsent(context.cleanup)
    const modules = ['deals', 'salesorders', 'custom'].map((name) => `ZohoCRM.modules.${name}.READ`)
    const scope = [...modules, 'ZohoCRM.coql.READ'].join(',')
    const { access } = await zoho.connect({ scope })
    const used = zoho.sim.stats().credits.used
    const refused = async (path: string, init: RequestInit = {}) => {
      const headers = { 'authorization': `Zoho-oauthtoken ${access}`, 'content-type': 'text/json' }
      const { method = 'GET', body } = init
      const answer = await zoho.zoho.send(method, `/crm/v8${path}`, { body, headers })
      return answer.status === 401 ? String(answer.body.code) : ''
    }
    const mismatch = 'OAUTH_SCOPE_MISMATCH'
    assert.equal(await refused('/org'), mismatch)
    assert.equal(await refused('/Leads?fields=id'), mismatch)
    assert.equal(await refused('/Deals/search?word=x'), mismatch)
    assert.equal(await refused('/Deals', { method: 'POST', body: '{"data":[{}]}' }), mismatch)
    const query = (module: string) => {
      const body = JSON.stringify({ select_query: `select id from ${module} where id is not null` })
      return refused('/coql', { method: 'POST', body })
    }
    assert.equal(await query('Leads'), mismatch)
    assert.equal(zoho.sim.stats().credits.used, used)
    assert.equal(await query('Deals'), '')
    assert.equal(await refused('/Deals?fields=id'), '')
    assert.equal(await refused('/Shop_Items?fields=id'), '')
    assert.equal(await refused('/Sales_Orders?fields=id'), '')
    assert.equal(zoho.sim.stats().refused[mismatch], 5)
  })

  test('COQL with metadata needs the scope of fields too', async (context) => {
    const { assert } = context
    const scopes = 'ZohoCRM.coql.READ,ZohoCRM.modules.READ'
    const ask = async (refreshTokenScope: string) => {
      const zoho = await openSimulator(context.cleanup, { refreshTokenScope })
      const query = { select_query: 'select id from Deals where id is not null' }
      return statusOf(zoho.post('/crm/v8/coql', { ...query, include_meta: ['fields'] }))
    }
    assert.equal(await ask(scopes), 401)
    assert.notEqual(await ask(`${scopes},ZohoCRM.settings.fields.READ`), 401)
  })

  test('the ready-made token holds all scopes, or those it is given', async (context) => {
    const { assert } = context
    const all = await openSimulator(context.cleanup)
    assert.equal(await statusOf(all.get('/crm/v8/users')), 200)
    const few = await openSimulator(context.cleanup, { refreshTokenScope: 'ZohoCRM.org.READ' })
    assert.equal(await statusOf(few.get('/crm/v8/org')), 200)
    const { body } = await few.get('/crm/v8/users')
    assert.equal(body.code, 'OAUTH_SCOPE_MISMATCH')
  })
})
