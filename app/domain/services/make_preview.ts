import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import AuditEvent from '#domain/audit/audit_event'
import Preview from '#domain/services/preview'
import { writePreviewRecords } from '#domain/services/preview_records'
import { previewWhole } from '#domain/services/preview_service'
import type Service from '#domain/services/service'
import Tenant from '#domain/tenants/tenant'
import { Vault } from '#domain/tenants/vault'

const HOURS_KEPT = 24

/** Plans a run without a write, and keeps the plan for a day. */
export async function makePreview(service: Service, userId: string | null): Promise<Preview> {
  const { revision } = service
  const made = await previewWhole(service)
  const vault = new Vault(await Tenant.findOrFail(service.tenantId))
  const { counts, matches, plan, credits, asked, notes, isComplete, records } = made
  const changes = records.filter(({ hash }) => hash !== null).length
  const createdAt = DateTime.utc()
  const preview = await db.transaction(async (client) => {
    const kept = await Preview.create(
      {
        tenantId: service.tenantId,
        serviceId: service.id,
        ...{ revision, counts, matches, plan, credits, asked, notes, isComplete },
        isWhole: changes === counts.create + counts.update + counts.delete,
        requestedBy: userId,
        createdAt,
        expiresAt: createdAt.plus({ hours: HOURS_KEPT }),
      },
      { client }
    )
    await writePreviewRecords(client, vault, kept.id, records)
    return kept
  })
  await AuditEvent.record({
    tenantId: service.tenantId,
    userId,
    action: 'preview.made',
    subject: preview.id,
    detail: { service: service.name, revision, changes: preview.changes },
  })
  return preview.refresh()
}
