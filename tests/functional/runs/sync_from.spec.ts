import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { queueRun } from '#domain/runs/start_run'
import { syncFrom } from '#domain/runs/sync_from'
import { givenUser } from '#tests/support/app'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'
import type { ShopToZoho } from '#tests/support/shop_to_zoho'

const YESTERDAY = DateTime.fromISO('2026-11-20T00:00:00+01:00', { setZone: true })

async function given(incremental?: { by: 'modified'; column: string }) {
  const house: ShopToZoho = await givenShopToZoho({ records: 3, incremental })
  const { id } = await givenUser({ tenant: house.tenant })
  return { ...house, userId: id }
}

test.group('Syncing from a moment', () => {
  test('moves the place where the next run begins, and starts it', async ({ assert }) => {
    const { service, userId, close } = await given({ by: 'modified', column: 'updated_at' })
    const run = await syncFrom(service, YESTERDAY, userId)
    await service.refresh()
    assert.equal(service.position, '2026-11-19T23:00:00Z')
    assert.deepEqual([run.trigger, run.requestedBy], ['manual', userId])
    await close()
  })

  test('is refused where there is nothing to follow, or no time', async ({ assert }) => {
    const whole = await given()
    await assert.rejects(() => syncFrom(whole.service, null, whole.userId), /reads everything/)
    await whole.close()
    const counted = await given({ by: 'modified', column: 'id' })
    await assert.rejects(
      () => syncFrom(counted.service, YESTERDAY, counted.userId),
      /follows id, which holds no time/
    )
    await counted.close()
  })

  test('waits for a run under way, whose end would move the place again', async ({ assert }) => {
    const { service, userId, close } = await given({ by: 'modified', column: 'updated_at' })
    await queueRun(service, { trigger: 'schedule', requestedBy: null })
    await assert.rejects(() => syncFrom(service, null, userId), /waits or is under way/)
    await close()
  })
})
