import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createShop, type ShopPlace } from '#simulators/shop/create_shop'
import { createMariadbDatabase } from '#tests/support/mariadb'

export interface TestShop {
  place: ShopPlace
  close(): Promise<void>
}

/** A demo shop of its own in SQLite or on MariaDB. */
export async function createTestShop(
  kind: ShopPlace['kind'],
  { records = 200, seed = 1 }: { records?: number; seed?: number } = {}
): Promise<TestShop> {
  if (kind === 'mysql') {
    const database = await createMariadbDatabase()
    const place = { kind, url: database.url } as const
    await createShop(place, { records, seed })
    return { place, close: database.close }
  }
  const folder = mkdtempSync(join(tmpdir(), 'crossdock-shop-'))
  const place = { kind, path: join(folder, 'shop.sqlite') } as const
  await createShop(place, { records, seed })
  return { place, close: async () => rmSync(folder, { recursive: true, force: true }) }
}
