import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import crossdock from '#config/crossdock'
import type { ConnectionFile } from '#domain/connections/connection_file'
import type Tenant from '#domain/tenants/tenant'
import { createShop } from '#simulators/shop/create_shop'
import { startMariadb } from '#simulators/shop/start_mariadb'

export interface OpenShop {
  connection: ConnectionFile
  /** What the operator must allow for it, as host:port. */
  egress: string[]
  close(): Promise<unknown>
}

const SEED = 1

/** The shop's database, as a file of the tenant or in a MariaDB of the demo's own. */
export function openShop(
  source: 'sqlite' | 'mysql',
  tenant: Tenant,
  records: number
): Promise<OpenShop> {
  return source === 'sqlite' ? openFile(tenant, records) : openServer(records)
}

async function openFile(tenant: Tenant, records: number): Promise<OpenShop> {
  const folder = join(crossdock.dataRoot, 'files', tenant.id)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await createShop({ kind: 'sqlite', path: join(folder, 'shop.sqlite') }, { records, seed: SEED })
  return {
    connection: {
      name: 'shop',
      connector: 'sqlite',
      settings: { file: 'shop.sqlite' },
      secrets: {},
    },
    egress: [],
    close: async () => {},
  }
}

async function openServer(records: number): Promise<OpenShop> {
  const folder = join(crossdock.dataRoot, 'demo')
  await mkdir(folder, { recursive: true })
  const mariadb = await startMariadb(folder)
  await createShop({ kind: 'mysql', url: mariadb.url }, { records, seed: SEED })
  const { hostname: host, username: user, password, pathname } = new URL(mariadb.url)
  const settings = { host, port: mariadb.port, database: pathname.slice(1), user }
  return {
    connection: { name: 'shop-mysql', connector: 'mysql', settings, secrets: { password } },
    egress: [`${host}:${mariadb.port}`],
    close: () => mariadb.close(),
  }
}
