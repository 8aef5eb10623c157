import { ConnectorError } from '#sdk'
import type { WebhookRequest, Webhooks } from '#sdk'
import type { OpenConnector } from './connector_context.js'
import type { Parsed } from './change_questions.js'

export function webhooksOf({ connector }: Pick<OpenConnector, 'connector'>): Webhooks {
  if (connector.webhooks !== undefined) return connector.webhooks
  throw new ConnectorError('config', `${connector.title} tells nobody of changes.`)
}

/** What one request tells. That it tells nothing is an answer: others of its batch are sound. */
export function parseRequest(open: OpenConnector, request: WebhookRequest): Parsed {
  try {
    return { events: webhooksOf(open).parse(request) }
  } catch (error) {
    if (error instanceof ConnectorError) return { fault: error.message }
    throw error
  }
}
