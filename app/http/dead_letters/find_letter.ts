import type { HttpContext } from '@adonisjs/core/http'
import DeadLetter from '#domain/runs/dead_letter'

/** The failed record that the address names, if it is the tenant's. */
export function findLetter({ params, tenant }: HttpContext): Promise<DeadLetter> {
  return DeadLetter.query().where('tenantId', tenant.id).where('id', params.letter).firstOrFail()
}
