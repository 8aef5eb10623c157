import Database from 'better-sqlite3'
import { createConnection, type RowDataPacket } from 'mysql2/promise'
import { test } from '@japa/runner'
import { describeAwkwardRows } from '#simulators/shop/awkward_rows'
import { createShop, type ShopPlace } from '#simulators/shop/create_shop'
import { findProgram } from '#simulators/shop/find_program'
import { makeOrder } from '#simulators/shop/make_order'
import type { ShopOrder } from '#simulators/shop/shop_order'
import { createTestShop } from '#tests/support/shop_database'

async function ask(place: ShopPlace, sql: string): Promise<Array<Record<string, unknown>>> {
  if (place.kind === 'mysql') {
    const connection = await createConnection({ uri: place.url, dateStrings: true })
    const [rows] = await connection.query<RowDataPacket[]>(sql)
    await connection.end()
    return rows
  }
  const database = new Database(place.path)
  const statement = database.prepare<[], Record<string, unknown>>(sql)
  const rows = statement.reader ? statement.all() : []
  if (!statement.reader) statement.run()
  database.close()
  return rows
}

const kinds = findProgram('mariadbd') ? (['sqlite', 'mysql'] as const) : (['sqlite'] as const)

for (const kind of kinds) {
  test.group(`Demo shop on ${kind}`, () => {
    test('holds exactly the rows asked for, as made from the seed', async ({ assert, cleanup }) => {
      const shop = await createTestShop(kind, { records: 1234, seed: 5 })
      cleanup(shop.close)
      const rows = await ask(shop.place, 'SELECT * FROM orders ORDER BY id')
      assert.lengthOf(rows, 1234)
      const { total, discount, ...expected } = makeOrder(5, 1234)
      assert.containSubset(rows[1233], expected)
      assert.equal(Number(rows[1233].total), Number(total))
      assert.equal(Number(rows[1233].discount), Number(discount))
    }).timeout(60_000)

    test('leaves a shop of the same size and seed alone, remakes any other', async ({
      assert,
      cleanup,
    }) => {
      const shop = await createTestShop(kind, { records: 50, seed: 1 })
      cleanup(shop.close)
      const cities = () => ask(shop.place, 'SELECT city FROM orders WHERE id = 2')
      const makeAgain = async (records: number, seed: number) => {
        const { made } = await createShop(shop.place, { records, seed })
        return made
      }
      await ask(shop.place, "UPDATE orders SET city = 'Elsewhere' WHERE id = 2")
      assert.isFalse(await makeAgain(50, 1))
      assert.containSubset(await cities(), [{ city: 'Elsewhere' }])
      assert.isTrue(await makeAgain(51, 1))
      assert.notContainsSubset(await cities(), [{ city: 'Elsewhere' }])
      assert.isTrue(await makeAgain(51, 2))
    }).timeout(60_000)
  })
}

const check: Record<string, (order: ShopOrder) => boolean> = {
  'long name': (order) => [...order.customer_name].length > 260,
  'emoji name': (order) => /\p{Extended_Pictographic}/u.test(order.customer_name),
  'empty mail': (order) => order.customer_email === '',
  'mail without @': (order) => order.customer_email !== '' && !order.customer_email.includes('@'),
  'bad date': (order) => order.ordered_at === '2026-02-30 10:00:00',
  'same number': (order) => order.number !== `SO-${String(order.id).padStart(6, '0')}`,
  'unknown country': (order) => order.country === 'XX',
  'long note': (order) => order.notes?.length === 2100,
  'draft': (order) => order.status === 'draft',
}

test.group('Demo shop, awkward rows', () => {
  test('stand where they are said to stand, and nowhere else', ({ assert }) => {
    const said = describeAwkwardRows(5000).map(({ id, how }) => `${id} ${how}`)
    const found: string[] = []
    for (let id = 1; id <= 5000; id++) {
      const order = makeOrder(1, id)
      for (const [how, is] of Object.entries(check)) if (is(order)) found.push(`${id} ${how}`)
    }
    assert.deepEqual(found, said)
    assert.sameMembers(
      [...new Set(said.map((line) => line.replace(/^\d+ /, '')))],
      Object.keys(check)
    )
  })

  test('the others are sound', ({ assert }) => {
    for (let id = 100; id < 400; id++) {
      const order = makeOrder(7, id)
      if (order.status === 'draft') continue
      assert.match(order.customer_email, /^[a-z]+\.\d+@example\.(com|net|org)$/)
      assert.equal(
        new Date(`${order.ordered_at}Z`).toISOString().slice(0, 10),
        order.ordered_at.slice(0, 10)
      )
      assert.isTrue(order.customer_name.length < 100)
    }
  })
})
