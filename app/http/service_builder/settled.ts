import type { HttpContext } from '@adonisjs/core/http'
import { ConnectorError } from '#sdk'
import { Refusal } from '#domain/refusal'

/** Answers a question of the builder as JSON. That it cannot be answered is a sentence, not a failure. */
export async function settled(
  { response }: Pick<HttpContext, 'response'>,
  work: () => Promise<object>
): Promise<void> {
  try {
    response.send({ ok: true, ...(await work()) })
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof ConnectorError)) throw error
    response.send({ ok: false, message: error.message })
  }
}
