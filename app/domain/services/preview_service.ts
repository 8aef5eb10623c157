import { inquire } from '#domain/runners'
import type Service from '#domain/services/service'
import { assignmentParts } from '#domain/services/assignment_parts'
import type { Preview } from '#engine/preview'

export type ServicePreview = Preview

/** What a run would do, without a write: the first records mapped and matched, and the price of all. */
export async function previewService(service: Service, limit: number): Promise<ServicePreview> {
  const parts = await assignmentParts(service, service.revision)
  return inquire<'preview'>({
    ask: 'preview',
    limit,
    assignment: {
      ...parts,
      lease: { serviceId: service.id, runId: '', token: '' },
      bounds: null,
      only: null,
    },
  })
}
