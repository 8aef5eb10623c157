import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { chooseMatch } from '#domain/runs/choose_match'
import DeadLetter from '#domain/runs/dead_letter'
import type Run from '#domain/runs/run'
import { serviceNumber } from '#domain/runs/service_number'
import { queueRun } from '#domain/runs/start_run'
import { applyService } from '#domain/services/apply_service'
import { makePreview } from '#domain/services/make_preview'
import { countPreviewRecords } from '#domain/services/preview_records'
import { parseService } from '#domain/services/service_file'
import type Service from '#domain/services/service'
import { openPayload } from '#domain/runs/letter_payload'
import type { SearchMatch } from '#sdk'
import { givenShopToZoho, orderDefinition } from '#tests/support/shop_to_zoho'
import type { ShopToZoho } from '#tests/support/shop_to_zoho'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'
import { matchKey } from '#workers/match_key'

const KNOWN = 240
const NEW = 60

async function finished(service: Service, request?: Run): Promise<Run> {
  const run = request ?? (await queueRun(service, { trigger: 'manual', requestedBy: null }))
  await withTestRunners((dispatcher) => untilOver(run, dispatcher))
  return run.refresh()
}

const definition = (match: Partial<SearchMatch>) => {
  const order = orderDefinition({ records: 0 })
  const mapping = order.mapping.filter(({ to }) => to === 'Amount' || to === 'Stage')
  return parseService(
    {
      ...order,
      name: 'pairing',
      target: { ...order.target, match: { by: 'search', any: [['Deal_Name']], ...match } },
      mapping: [{ to: 'Deal_Name', from: 'customer' }, ...mapping],
    },
    'pairing.yaml'
  )
}

/** Deals that another service wrote, two of them of one name, and orders that nobody has sent. */
async function givenDeals(): Promise<ShopToZoho> {
  const house = await givenShopToZoho({ records: KNOWN })
  house.shop.exec(`update orders set customer = 'Customer 2' where id = 1`)
  const first = orderDefinition({ records: KNOWN })
  const named = first.mapping.map((row) =>
    row.to === 'Deal_Name' ? { to: 'Deal_Name', from: 'customer' } : row
  )
  const { service } = await withTestRunners(() =>
    applyService(house.tenant, { ...first, mapping: named }, { userId: null })
  )
  const { created } = await finished(service)
  if (created !== KNOWN) throw new Error(`${created} deals`)
  const insert = house.shop.prepare('insert into orders values (?, ?, ?, 1, ?, ?)')
  for (let id = KNOWN + 1; id <= KNOWN + NEW; id += 1) {
    insert.run(id, `SO-${id}`, `CUSTOMER ${id}`, 'new', '2026-11-01T08:00:00Z')
  }
  return house
}

async function apply(house: ShopToZoho, match: Partial<SearchMatch> = {}): Promise<Service> {
  const wanted = await definition(match)
  const { service } = await withTestRunners(() =>
    applyService(house.tenant, wanted, { userId: null })
  )
  return service
}

const spentIn = ({ simulator }: ShopToZoho) => simulator.stats().credits.used

test.group('Match by a search in Zoho CRM', () => {
  test('pairs what is there, and costs what its preview said', async ({ assert }) => {
    const house = await givenDeals()
    try {
      const service = await apply(house)
      const before = spentIn(house)
      const preview = await withTestRunners(() => makePreview(service, null))
      assert.deepEqual(preview.matches, { none: NEW, one: KNOWN - 2, many: 2 })
      assert.deepInclude(preview.counts, { create: NEW, update: KNOWN - 2, rejected: 2 })
      assert.equal(preview.asked, KNOWN - 2 + NEW, 'those too that were not found')
      const many = { outcome: null, matched: 'many' as const, key: null }
      assert.equal(await countPreviewRecords(preview, many), 2)
      const search = preview.plan.find(({ route }) => route === 'match_search')
      // 299 names, since two orders share one, fifty to a credit.
      assert.deepInclude(search, { way: 'match', records: KNOWN + NEW, calls: 6, credits: 6 })
      assert.include(preview.notes.join(), 'Looking for matches cost 6 credits')
      assert.isAtLeast(spentIn(house) - before, 6)

      const start = spentIn(house)
      const run = await finished(service)
      assert.deepInclude(run.counters, { created: NEW, updated: KNOWN - 2, rejected: 2 })
      assert.equal(spentIn(house) - start, preview.credits)
      assert.equal(run.creditsSpent, preview.credits)
      assert.equal(house.simulator.stats().modules.Deals?.records, KNOWN + NEW)

      const again = await finished(service)
      assert.deepInclude(again.counters, { unchanged: KNOWN + NEW - 2, rejected: 2 })
      assert.equal(again.creditsSpent, 1, 'the two that are asked about are looked for again')
    } finally {
      await house.close()
    }
  }).timeout(120_000)

  test('lets a person choose what several could be, and no two the same', async ({ assert }) => {
    const house = await givenDeals()
    const { tenant } = house
    try {
      const service = await apply(house)
      await finished(service)
      const letterOf = (sourceKey: string) =>
        DeadLetter.query().where('serviceId', service.id).where({ sourceKey }).firstOrFail()
      const letter = await letterOf('1')
      assert.equal(letter.code, 'AMBIGUOUS_MATCH')
      const { candidates } = openPayload(letter, tenant)
      assert.lengthOf(candidates, 2)
      assert.isNotNull(candidates[0].createdAt)
      const choice = { tenant, service, userId: null }
      const [{ id: targetId }] = candidates
      await assert.rejects(() => chooseMatch({ ...choice, letter, targetId: '1' }), /none of those/)
      const run = await finished(service, await chooseMatch({ ...choice, letter, targetId }))
      assert.equal(run.updated, 1)
      await letter.refresh()
      assert.isNotNull(letter.resolvedAt)

      const other = await letterOf('2')
      await assert.rejects(
        () => chooseMatch({ ...choice, letter: other, targetId }),
        /"1" stands for that one/
      )
      const made = await finished(
        service,
        await chooseMatch({ ...choice, letter: other, targetId: null })
      )
      assert.equal(made.created, 1)
      assert.equal(house.simulator.stats().modules.Deals?.records, KNOWN + NEW + 1)
    } finally {
      await house.close()
    }
  }).timeout(120_000)

  test('two people at one moment do not choose one record for two', async ({ assert }) => {
    const house = await givenDeals()
    const { tenant } = house
    try {
      const service = await apply(house)
      await finished(service)
      const letters = await DeadLetter.query()
        .where('serviceId', service.id)
        .where('code', 'AMBIGUOUS_MATCH')
      assert.lengthOf(letters, 2)
      const [{ id: targetId }] = openPayload(letters[0], tenant).candidates
      const people = [...letters, ...letters, ...letters, ...letters]
      const told = await Promise.allSettled(
        people.map((letter) => chooseMatch({ tenant, service, userId: null, letter, targetId }))
      )
      const refused = told.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
      for (const reason of refused) assert.match(String(reason), /stands for that one already/)
      const owners = await db.from('record_links').where('match_key', matchKey(targetId))
      const known = await serviceNumber(service.id)
      assert.lengthOf(
        owners.filter((link) => Number(link.service_number) === known),
        1
      )
    } finally {
      await house.close()
    }
  }).timeout(120_000)
})
