import Run from '#domain/runs/run'
import Preview from '#domain/services/preview'

/** The last complete preview of a revision, if no run has gone since; null where there is none. */
export async function lastPreview(serviceId: string, revision: number): Promise<Preview | null> {
  const preview = await Preview.query()
    .where({ serviceId, revision, isComplete: true })
    .where('expiresAt', '>', Date.now())
    .orderBy('createdAt', 'desc')
    .first()
  if (preview === null) return null
  const since = await Run.query()
    .where({ serviceId })
    .where('startedAt', '>', preview.createdAt.toMillis())
    .whereNotNull('finishedAt')
    .first()
  return since === null ? preview : null
}
