import { inquire } from '#domain/runners'
import type Selection from '#domain/selections/selection'
import { assignmentParts } from '#domain/services/assignment_parts'
import type Service from '#domain/services/service'
import type { Preview } from '#engine/preview'

/** What a run of the service over the selected records alone would do. Writes nothing. */
export async function previewSelection(
  selection: Selection,
  service: Service,
  most: number
): Promise<Preview> {
  const parts = await assignmentParts(service, service.revision)
  return inquire<'preview'>({
    ask: 'preview',
    wish: {
      keep: {
        ...{ create: most, update: most, delete: most },
        ...{ unchanged: most, filtered: most, rejected: most },
      },
      ask: most,
    },
    assignment: {
      ...parts,
      lease: { serviceId: service.id, runId: '', token: '' },
      bounds: null,
      only: selection.ids,
      skipsUnchanged: true,
    },
  })
}
