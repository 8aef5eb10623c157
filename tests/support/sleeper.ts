import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import crossdock from '#config/crossdock'
import { applyConnection } from '#domain/connections/apply_connection'
import { applyService } from '#domain/services/apply_service'
import type Service from '#domain/services/service'
import { givenTenant } from '#tests/support/app'
import { withTestRunners } from '#tests/support/with_test_runners'

export const SLEEPER_RECORDS = 500

/** A service of 500 records whose thread blocks for a while in the middle. `restore` puts the real plugins back. */
export async function givenSleeper(sleep: number): Promise<{ service: Service; restore(): void }> {
  const pluginsRoot = crossdock.pluginsRoot
  crossdock.pluginsRoot = app.makePath('tests/support/plugins')
  const tenant = await givenTenant('Sleeper')
  const folder = join(crossdock.dataRoot, 'files', tenant.id)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'marker'), '')
  const file = {
    name: 'numbers',
    connector: 'sleeper',
    settings: { sleep, pace: 150 },
    secrets: {},
  }
  await applyConnection(tenant, file, null)
  const end = { connection: 'numbers', stream: 'numbers' }
  const { service } = await withTestRunners(() =>
    applyService(
      tenant,
      {
        name: 'numbers-to-numbers',
        kind: 'import',
        source: end,
        target: { ...end, operation: 'upsert', match: { by: 'fields', fields: ['id'] } },
        mapping: [
          { to: 'id', from: 'id' },
          { to: 'label', from: 'label' },
        ],
      },
      { userId: null }
    )
  )
  return {
    service,
    restore() {
      crossdock.pluginsRoot = pluginsRoot
    },
  }
}
