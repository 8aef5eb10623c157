import DeadLetter from '#domain/runs/dead_letter'
import type Service from '#domain/services/service'
import type { LetterFilter } from '#http/dead_letters/letter_filter'

/** A service's failed records that fit a filter, latest first. */
export function lettersOf(service: Service, { code, field, run, show }: LetterFilter) {
  const letters = DeadLetter.query().where('serviceId', service.id)
  if (code !== null) letters.where('code', code)
  if (field !== null) letters.where('field', field)
  if (run !== null) letters.where('runId', run)
  if (show === 'open') letters.whereNull('resolvedAt')
  return letters.orderBy('createdAt', 'desc').orderBy('id', 'desc')
}
