import { test } from '@japa/runner'
import { checkDefinition } from '#engine/check_definition'
import type { Context, RecordValues } from '#sdk'
import connector from '../../../../plugins/connectors/zoho_crm/connector.js'
import { definition, ORDERS } from '../../engine/support/make_input.js'
import { testContext } from './test_context.js'
import { openOrg } from './open_org.js'
import { batchFor, faultsOf, idsOf, send, write } from './write_kit.js'

const by = (...fields: string[]) => ({
  operation: 'upsert' as const,
  match: { by: 'fields' as const, fields },
})

/** A context that keeps what is logged. */
function listening(ctx: Context) {
  const warnings: Array<RecordValues | undefined> = []
  const log = {
    info: () => undefined,
    warn: (_message: string, fields?: RecordValues) => void warnings.push(fields),
  }
  return { ctx: { ...testContext(ctx.http, ctx.settings), log }, warnings }
}

test.group('zoho_crm upsert in full', () => {
  test('matches by the field by which Zoho looks for duplicates itself', async ({
    assert,
    cleanup,
  }) => {
    const { ctx } = await openOrg(cleanup)
    const contact = { Last_Name: 'Ann', Email: 'ann@example.com' }
    const first = await write(ctx, 'Contacts', [contact], by('Email'))
    const again = await write(ctx, 'Contacts', [{ ...contact, Title: 'Dr' }], by('Email'))
    assert.deepEqual([...faultsOf(first), ...faultsOf(again)], ['created', 'updated'])
    const target = await connector.discover?.describe(ctx, 'Contacts')
    const made = definition('upsert')
    const service = {
      ...made,
      target: { ...made.target, stream: 'Contacts', ...by('Email') },
      mapping: [
        { to: 'Email', from: 'ref' },
        { to: 'Last_Name', from: 'name' },
      ],
    }
    const routes = (target && connector.discover?.routes?.(target)) ?? []
    const problems = target && checkDefinition(service, ORDERS, target, { routes, options: [] })
    assert.deepEqual(problems, [])
  })

  test('matches by several fields in their order, external ids among them', async ({
    assert,
    cleanup,
  }) => {
    const { ctx } = await openOrg(cleanup)
    const visit = (code: string, external: string) => ({
      Name: 'V',
      Visit_Code: code,
      External_Visit_Id: external,
    })
    const [id] = idsOf(await write(ctx, 'Shop_Visits', [visit('1', 'E-1')]))
    for (const [record, fields] of [
      [visit('1', 'E-2'), ['Visit_Code', 'External_Visit_Id']],
      [visit('2', 'E-2'), ['External_Visit_Id', 'Visit_Code']],
      [visit('2', 'E-3'), ['External_Visit_Id', 'Visit_Code']],
    ] as const) {
      const outcomes = await write(ctx, 'Shop_Visits', [record], by(...fields))
      assert.deepEqual(outcomes, [{ index: 0, state: 'updated', id }])
    }
  })

  test('a match by another field than the match field is told', async ({ assert, cleanup }) => {
    const org = await openOrg(cleanup)
    const { ctx, warnings } = listening(org.ctx)
    const item = (sku: string) => ({ Name: sku, SKU: sku, Barcode: 'B-1' })
    const [id] = idsOf(await write(ctx, 'Shop_Items', [item('S-1')]))
    await write(ctx, 'Shop_Items', [item('S-2')], by('SKU'))
    assert.deepEqual(warnings, [{ records: 1, field: 'Barcode', id }])
  })

  test('a record that matches one and clashes with another is refused', async ({
    assert,
    cleanup,
  }) => {
    const { ctx } = await openOrg(cleanup)
    await write(ctx, 'Shop_Items', [
      { Name: 'a', SKU: 'S-1', Barcode: 'B-1' },
      { Name: 'b', SKU: 'S-2', Barcode: 'B-2' },
    ])
    const clash = { Name: 'c', SKU: 'S-1', Barcode: 'B-2' }
    const outcomes = await write(ctx, 'Shop_Items', [clash], by('SKU'))
    assert.containSubset(outcomes[0], {
      state: 'rejected',
      code: 'DUPLICATE_DATA',
      field: 'Barcode',
    })
    const inserted = await write(ctx, 'Shop_Items', [clash])
    assert.containSubset(inserted[0], { code: 'DUPLICATE_DATA', field: 'SKU' })
    assert.match(Reflect.get(inserted[0], 'message'), /SKU must be unique.*Barcode must be unique/)
  })

  for (const module of ['Tasks', 'Events', 'Calls']) {
    test(`${module} know no upsert, and none is offered`, async ({ assert, cleanup }) => {
      const { ctx } = await openOrg(cleanup)
      const { stream } = await batchFor(ctx, module, [])
      const routes = connector.discover?.routes?.(stream) ?? []
      const operations = new Set(routes.flatMap((route) => route.operations))
      assert.sameMembers([...operations], ['insert', 'update', 'delete'])
      const bulk = routes.some(({ name }) => name === 'bulk_write')
      assert.equal(bulk, module === 'Tasks')
    })
  }

  test('times lose what is below a second, and that is said once', async ({ assert, cleanup }) => {
    const org = await openOrg(cleanup)
    const { ctx, warnings } = listening(org.ctx)
    const deal = (at: number) => ({
      Deal_Name: `D${at}`,
      Stage: 'Qualification',
      Ordered_At: '2026-11-20T10:00:00.250Z',
    })
    const batch = await batchFor(ctx, 'Deals', [deal(1), deal(2)])
    await send(ctx, batch)
    await send(ctx, batch)
    assert.deepEqual(warnings, [{ field: 'Ordered_At', value: '2026-11-20T10:00:00.250Z' }])
  })
})
