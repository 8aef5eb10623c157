import type { HttpContext } from '@adonisjs/core/http'
import type { FormFaults } from '#domain/connections/connection_draft'

/** Sends the form back with a sentence on each wrong field, and nothing of what was typed. */
export function flashFaults({ response, session }: HttpContext, faults: FormFaults): void {
  session.flash('inputErrorsBag', faults)
  response.redirect().withQs().back()
}
