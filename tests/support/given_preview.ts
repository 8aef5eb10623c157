import { DateTime } from 'luxon'
import db from '@adonisjs/lucid/services/db'
import Preview from '#domain/services/preview'
import { writePreviewRecords } from '#domain/services/preview_records'
import type Service from '#domain/services/service'
import Tenant from '#domain/tenants/tenant'
import { Vault } from '#domain/tenants/vault'
import type { PreviewedRecord } from '#engine/preview_records'

/** A kept preview of a service, without a source or a target behind it. */
export async function givenPreview(
  service: Service,
  records: PreviewedRecord[] = [],
  values: Partial<Preview> = {}
): Promise<Preview> {
  const now = DateTime.utc()
  const counts = { create: 0, update: 0, delete: 0, unchanged: 0, filtered: 0, rejected: 0 }
  for (const { outcome } of records) counts[outcome]++
  const preview = await Preview.create({
    tenantId: service.tenantId,
    serviceId: service.id,
    revision: service.revision,
    counts,
    plan: [],
    credits: 0,
    asked: 0,
    notes: [],
    isComplete: true,
    isWhole: true,
    createdAt: now,
    expiresAt: now.plus({ hours: 24 }),
    ...values,
  })
  const vault = new Vault(await Tenant.findOrFail(service.tenantId))
  await db.transaction((client) => writePreviewRecords(client, vault, preview.id, records))
  return preview.refresh()
}
