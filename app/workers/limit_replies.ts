import type { HttpResponse, Limits, RefusalCause } from '#sdk'

/** The credits left, where the reply says so. */
export function remainingOf({ headers }: HttpResponse, limits: Limits | null): number | null {
  if (limits?.remainingHeader === undefined) return null
  const text = headers[limits.remainingHeader]
  return text !== undefined && /^\d{1,15}$/.test(text.trim()) ? Number(text) : null
}

/**
 * Which limit a refused call hit; null for a reply that is no such refusal. Where its text says
 * nothing that is known, the credits left may.
 */
export async function causeOf(
  answer: HttpResponse,
  limits: Limits | null
): Promise<RefusalCause | null> {
  const refusal = limits?.refusal
  if (refusal === undefined || answer.status !== refusal.status) return null
  const text = await answer.text()
  const found = refusal.causes.find(({ says }) => new RegExp(says, 'i').test(text))
  return found?.cause ?? (remainingOf(answer, limits) === 0 ? 'credits' : 'concurrency')
}
