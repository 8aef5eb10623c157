import Preview from '#domain/services/preview'
import Run, { FINAL_STATES } from '#domain/runs/run'

/** Removes previews whose day is over, with their records. One that a run still works on stays. */
export async function sweepPreviews(now = Date.now()): Promise<void> {
  const unfinished = Run.query()
    .whereNotNull('previewId')
    .whereNotIn('state', [...FINAL_STATES])
    .select('previewId')
  await Preview.query().where('expiresAt', '<=', now).whereNotIn('id', unfinished).delete()
}
