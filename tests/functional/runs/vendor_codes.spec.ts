import { test } from '@japa/runner'
import DeadLetter from '#domain/runs/dead_letter'
import type { Dispatcher } from '#domain/runs/dispatcher'
import type Run from '#domain/runs/run'
import { startRun } from '#domain/runs/start_run'
import type { FaultRule } from '#simulators/zoho/control/fault_rule'
import { givenUser } from '#tests/support/app'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'
import type { ShopToZoho } from '#tests/support/shop_to_zoho'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'
import { Visitor } from '#tests/support/visitor'
import { callCodes, JARGON, recordCodes, vendorEntry, WHAT_TO_DO } from '#tests/support/zoho_codes'

const request = { trigger: 'manual' as const, requestedBy: null }
const AT_ONCE = 7
const upsert = { method: 'POST', path: '/Deals/upsert' }

/** What a service sends of an order; it maps no other field. */
const SENT: { [field: string]: (id: number) => string } = {
  Order_Ref: (id) => `SO-${id}`,
  Deal_Name: (id) => `Customer ${id} SO-${id}`,
  Amount: (id) => `${id}.25`,
  Stage: (id) => (id % 3 === 0 ? 'Qualification' : 'Closed Won'),
}

async function runUnder(house: ShopToZoho, rule: FaultRule, dispatcher: Dispatcher): Promise<Run> {
  house.simulator.faults([rule])
  return untilOver(await startRun(house.service, request), dispatcher)
}

/** The letters of a service as an operator's pages show them, by source key. */
async function shownLetters({ tenant, service }: ShopToZoho) {
  const visitor = await Visitor.signedInAs(await givenUser({ tenant, role: 'operator' }))
  const path = `/t/${tenant.slug}/services/${service.id}/dead-letters`
  const rows = new Map<string, { [name: string]: unknown }>()
  for (let page = 1; rows.size < recordCodes.length; page++) {
    const shown = await visitor.pageAt(`${path}?page=${page}`)
    const found = Object(shown?.props.letters).rows
    if (!Array.isArray(found) || found.length === 0) break
    for (const row of found) rows.set(String(row.key), row)
  }
  return rows
}

/** The codes that end a run, few enough for the time of one test. */
function finalGroups() {
  const final = callCodes.filter(([, , kind]) => kind === 'config' || kind === 'auth')
  return Array.from({ length: Math.ceil(final.length / AT_ONCE) }, (_, at) => {
    const codes = final.slice(at * AT_ONCE, (at + 1) * AT_ONCE)
    return { title: codes.map(([status, code]) => `${status} ${code}`).join(', '), codes }
  })
}

test.group('Every error code of Zoho', () => {
  test('of a record reaches the history with field, value, rule and what to do', async ({
    assert,
  }) => {
    const house = await givenShopToZoho({ records: recordCodes.length })
    const data = recordCodes.map(([code, details]) => vendorEntry(code, details))
    const body = { data }
    const rule = { match: upsert, kind: 'status' as const, status: 400, body }
    const run = await withTestRunners((dispatcher) => runUnder(house, rule, dispatcher))
    assert.equal(run.rejected, recordCodes.length, run.errorMessage ?? '')
    const letters = await DeadLetter.query().where('serviceId', house.service.id)
    assert.lengthOf(letters, recordCodes.length)
    const shown = await shownLetters(house)
    for (const [index, [code, , field, says]] of recordCodes.entries()) {
      const row = shown.get(String(index + 1))
      const value = field === null ? null : (SENT[field]?.(index + 1) ?? null)
      const title = `${code} ${field ?? ''}`
      assert.containSubset(row, { outcome: 'rejected', field, value, isOpen: true }, title)
      assert.match(String(row?.message), says, title)
      assert.match(String(row?.message), WHAT_TO_DO, title)
      assert.notMatch(String(row?.message), JARGON, title)
    }
    await house.close()
  }).timeout(60_000)

  for (const { title, codes } of finalGroups()) {
    test(`of a whole call is told on the page of its run: ${title}`, async ({ assert }) => {
      const house = await givenShopToZoho({ records: 1 })
      const { tenant } = house
      const visitor = await Visitor.signedInAs(await givenUser({ tenant, role: 'operator' }))
      await withTestRunners(async (dispatcher) => {
        for (const [status, code, kind] of codes) {
          const rule = { match: upsert, kind: 'status' as const, status }
          const run = await runUnder(house, { ...rule, body: vendorEntry(code, {}) }, dispatcher)
          assert.containSubset(run, { state: 'failed', errorKind: kind }, code)
          const page = await visitor.pageAt(`/t/${tenant.slug}/runs/${run.id}`)
          const told = String(Object(Object(page?.props.run).error).message ?? '')
          const [said, vendor = ''] = told.split('Zoho says:')
          assert.match(said, WHAT_TO_DO, `${code}: ${told}`)
          assert.notMatch(said, JARGON, code)
          assert.include(vendor, code)
        }
      })
      await house.close()
    }).timeout(90_000)
  }
})
