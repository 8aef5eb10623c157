import type Connection from '#domain/connections/connection'
import type { Health } from '#domain/connections/connection'
import { declarationOf } from '#domain/connections/declaration'
import { Refusal } from '#domain/refusal'
import { connectorOf } from '#http/connections/connectors'
import { instantText } from '#http/instant_text'
import type { SettingField, Value } from '#sdk'

export type ConnectionRow = {
  id: string
  name: string
  connector: string
  icon: string
  identity: string | null
  /** Settings only: secrets leave the vault for a connector and nobody else. */
  settings: Array<{ name: string; title: string; value: string; isAdvanced: boolean }>
  hasSecrets: boolean
  health: Health
  healthMessage: string | null
  checkedAt: string | null
}

export async function viewConnection(connection: Connection): Promise<ConnectionRow> {
  const { id, name, identity, health, healthMessage } = connection
  const { title, icon } = connectorOf(connection.connector)
  return {
    ...{ id, name, identity, health, healthMessage, icon },
    connector: title,
    settings: viewSettings(connection.settings ?? {}, await fieldsOf(connection.connector)),
    hasSecrets: connection.sealedSecrets !== null,
    checkedAt: instantText(connection.checkedAt),
  }
}

/** In the order of the form and by its titles; what is empty says nothing. */
function viewSettings(
  settings: Connection['settings'],
  fields: SettingField[]
): ConnectionRow['settings'] {
  const order = fields.map((field) => field.name)
  return Object.entries(settings)
    .filter(([, value]) => value !== null && value !== '')
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([name, value]) => {
      const field = fields.find((each) => each.name === name)
      const isAdvanced = field?.advanced === true
      return { name, title: field?.title ?? name, value: valueText(value), isAdvanced }
    })
}

function valueText(value: Value): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** None where the plugin is gone: its connections are shown all the same. */
async function fieldsOf(connector: string): Promise<SettingField[]> {
  try {
    const { fields } = await declarationOf(connector)
    return fields
  } catch (error) {
    if (error instanceof Refusal) return []
    throw error
  }
}
