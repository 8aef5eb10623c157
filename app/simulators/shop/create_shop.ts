import { createMysqlShop } from './create_mysql_shop.js'
import { createSqliteShop } from './create_sqlite_shop.js'

/** Where the shop's database is. A MySQL address names the database: `mysql://user:pass@host:port/shop`. */
export type ShopPlace = { kind: 'sqlite'; path: string } | { kind: 'mysql'; url: string }

export interface ShopSize {
  records: number
  seed: number
}

export interface Shop extends ShopSize {
  /** False when it stood there already. */
  made: boolean
}

/**
 * Makes the demo shop's table `orders`, the same rows for the same seed. A shop of this size
 * and seed is left as it is, with what was changed in it; any other is made anew.
 */
export async function createShop(place: ShopPlace, size: ShopSize): Promise<Shop> {
  const made =
    place.kind === 'sqlite'
      ? createSqliteShop(place.path, size)
      : await createMysqlShop(place.url, size)
  return { ...size, made }
}
