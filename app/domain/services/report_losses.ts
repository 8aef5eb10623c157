import { inquire } from '#domain/runners'
import type Service from '#domain/services/service'
import { assignmentParts } from '#domain/services/assignment_parts'
import type { LossyReport } from '#engine/lossy_report'

/** Records of a sample, and the most that are looked at. */
const MOST = { sample: 1_000, whole: 100_000 }

/** What the service's mapping would lose of what its source holds now. */
export async function reportLosses(
  service: Service,
  scope: keyof typeof MOST
): Promise<LossyReport> {
  const parts = await assignmentParts(service, service.revision)
  return inquire<'losses'>({
    ask: 'losses',
    most: MOST[scope],
    assignment: {
      ...parts,
      lease: { serviceId: service.id, runId: '', token: '' },
      bounds: null,
      only: null,
    },
  })
}
