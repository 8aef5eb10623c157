import type { HttpContext } from '@adonisjs/core/http'
import type { EditOutcome } from '#domain/runs/edit_letter'
import type { RefusedEdit } from '#domain/runs/edit_trial'

const NAMED = 5

/** Leads to the run that sends the edits, or back to the form with what the mapping would refuse. */
export function answerEdit({ response, session, tenant }: HttpContext, outcome: EditOutcome): void {
  if (outcome.type === 'refused') {
    session.flash('inputErrorsBag', { edit: wordsFor(outcome.refused, outcome.sound) })
    response.redirect().withQs().back()
    return
  }
  if (outcome.refused.length > 0) {
    const text = `${outcome.refused.length} records stay as they are: ${named(outcome.refused)}`
    session.flash('notice', { kind: 'error', text })
  }
  response.redirect(`/t/${tenant.slug}/runs/${outcome.run.id}`)
}

function wordsFor(refused: RefusedEdit[], sound: number): string {
  const passing = sound === 0 ? '' : ` ${sound} others would pass.`
  return `Nothing was sent: ${named(refused)}.${passing}`
}

function named(refused: RefusedEdit[]): string {
  const some = refused
    .slice(0, NAMED)
    .map(({ letter, faults }) => `${letter.sourceKey}: ${faults.join(', ')}`)
  const more = refused.length - some.length
  return some.join('; ') + (more > 0 ? ` and ${more} more` : '')
}
