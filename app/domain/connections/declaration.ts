import crossdock from '#config/crossdock'
import { Refusal } from '#domain/refusal'
import type { Auth, Connector, PluginManifest, SettingField, Value } from '#sdk'
import { PluginFault, loadConnector } from '#workers/load_plugin'

interface Settings {
  [name: string]: Value
}

const OAUTH_SECRETS: SettingField[] = [
  { name: 'clientId', title: 'Client ID', type: 'text', required: true },
  { name: 'clientSecret', title: 'Client secret', type: 'text', required: true },
  { name: 'refreshToken', title: 'Refresh token', type: 'text', required: true },
]

/** What a connector declares of its settings and its authorisation: the part that the server itself needs. */
export class Declaration {
  readonly title: string
  readonly icon: string
  /** The hosts of its manifest. */
  readonly hosts: string[]
  readonly auth: Auth
  readonly fields: SettingField[]
  readonly #derived: NonNullable<Connector['derived']>

  constructor(connector: Connector, { icon, hosts }: Pick<PluginManifest, 'icon' | 'hosts'>) {
    this.title = connector.title
    this.icon = icon
    this.hosts = hosts
    this.auth = connector.auth
    this.fields = connector.settings
    this.#derived = connector.derived ?? {}
  }

  get secretFields(): SettingField[] {
    if (this.auth.type === 'custom') return this.auth.secrets
    return this.auth.type === 'oauth2' ? OAUTH_SECRETS : []
  }

  /** Defaults first, then what follows from a choice, then what was given. */
  complete(given: Settings): Settings {
    const defaults = Object.fromEntries(
      this.fields.flatMap(({ name, default: value }) =>
        value === undefined ? [] : [[name, value]]
      )
    )
    const chosen = { ...defaults, ...given }
    const derived = Object.entries(this.#derived).flatMap(([name, choices]) =>
      Object.entries(choices[String(chosen[name])] ?? {})
    )
    return { ...defaults, ...Object.fromEntries(derived), ...given }
  }

  problems(settings: Settings, secrets: { [name: string]: string }): string[] {
    return [
      ...fieldProblems('settings', this.fields, settings),
      ...fieldProblems('secrets', this.secretFields, secrets),
    ]
  }
}

function fieldProblems(part: string, fields: SettingField[], given: Settings): string[] {
  const known = new Map(fields.map((field) => [field.name, field]))
  const unknown = Object.keys(given)
    .filter((name) => !known.has(name))
    .map(
      (name) =>
        `${part}.${name} is not known here; known are: ${[...known.keys()].join(', ') || 'none'}`
    )
  const wrong = fields.flatMap((field) => {
    const value = given[field.name]
    if (value === undefined || value === null || value === '') {
      return field.required && field.default === undefined
        ? [`${part}.${field.name} (${field.title}) is missing`]
        : []
    }
    const why = misfit(field, value)
    return why === null ? [] : [`${part}.${field.name} must be ${why}`]
  })
  return [...unknown, ...wrong]
}

function misfit({ type, choices }: SettingField, value: Value): string | null {
  if (type === 'integer') return Number.isInteger(value) ? null : 'a whole number'
  if (type === 'boolean') return typeof value === 'boolean' ? null : 'true or false'
  if (typeof value !== 'string') return 'a text'
  if (type === 'choice' && !choices?.includes(value)) return `one of: ${choices?.join(', ')}`
  return null
}

/** Throws a Refusal when there is no such connector, or when its manifest is not valid. */
export async function declarationOf(connectorName: string): Promise<Declaration> {
  try {
    const { connector, manifest } = await loadConnector(crossdock.pluginsRoot, connectorName)
    return new Declaration(connector, manifest)
  } catch (error) {
    if (error instanceof PluginFault) throw new Refusal(error.message)
    throw error
  }
}
