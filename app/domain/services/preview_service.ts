import { inquire } from '#domain/runners'
import type Service from '#domain/services/service'
import { assignmentParts } from '#domain/services/assignment_parts'
import type { Preview, PreviewWish } from '#engine/preview'

/** Records of the target that are asked for, so that a preview stays cheap and quick. */
const MOST_ASKED = 500

export type ServicePreview = Preview

/** What a run would do, without a write: the first records mapped and matched, and the price of all. */
export async function previewService(service: Service, limit: number): Promise<ServicePreview> {
  const keep = {
    ...{ create: limit, update: limit, delete: limit },
    ...{ unchanged: limit, filtered: limit, rejected: limit },
  }
  const preview = await askPreview(service, {
    keep,
    ask: Math.min(limit, MOST_ASKED),
    search: MOST_SEARCHED,
  })
  return { ...preview, records: preview.records.slice(0, limit) }
}

/** As much of it as can be looked at and approved. */
export function previewWhole(service: Service): Promise<ServicePreview> {
  return askPreview(service, { keep: KEPT, ask: MOST_ASKED, search: MOST_SEARCHED })
}

/** More changes than these are previewed, but not approved one by one. */
export const MOST_APPROVED = 10_000

/** Records that the target is searched for: each fifty cost a credit in Zoho CRM. */
const MOST_SEARCHED = 10_000

const KEPT = {
  create: MOST_APPROVED,
  update: MOST_APPROVED,
  delete: MOST_APPROVED,
  unchanged: 500,
  filtered: 500,
  rejected: 2_000,
}

async function askPreview(service: Service, wish: PreviewWish): Promise<ServicePreview> {
  const parts = await assignmentParts(service, service.revision)
  return inquire<'preview'>({
    ask: 'preview',
    wish,
    assignment: {
      ...parts,
      lease: { serviceId: service.id, runId: '', token: '' },
      bounds: null,
      only: null,
    },
  })
}
