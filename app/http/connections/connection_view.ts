import type Connection from '#domain/connections/connection'
import type { Health } from '#domain/connections/connection'
import { connectorOf } from '#http/connections/connectors'
import { instantText } from '#http/instant_text'

export type ConnectionRow = {
  id: string
  name: string
  connector: string
  icon: string
  identity: string | null
  /** Settings only: secrets leave the vault for a connector and nobody else. */
  settings: Array<{ name: string; value: string }>
  hasSecrets: boolean
  health: Health
  healthMessage: string | null
  checkedAt: string | null
}

export function viewConnection(connection: Connection): ConnectionRow {
  const { id, name, identity, health, healthMessage } = connection
  const { title, icon } = connectorOf(connection.connector)
  return {
    ...{ id, name, identity, health, healthMessage, icon },
    connector: title,
    settings: Object.entries(connection.settings ?? {}).map(([setting, value]) => ({
      name: setting,
      value: typeof value === 'string' ? value : JSON.stringify(value),
    })),
    hasSecrets: connection.sealedSecrets !== null,
    checkedAt: instantText(connection.checkedAt),
  }
}
