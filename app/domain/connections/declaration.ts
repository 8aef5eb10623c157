import crossdock from '#config/crossdock'
import { MISSING, fieldFaults, isEmpty } from '#domain/connections/field_faults'
import type { FieldFault } from '#domain/connections/field_faults'
import { Refusal } from '#domain/refusal'
import type { Auth, Connector, Limits, PluginManifest, SettingField, Value } from '#sdk'
import { PluginFault, loadConnector } from '#workers/load_plugin'

interface Settings {
  [name: string]: Value
}

const CLIENT: SettingField[] = [
  { name: 'clientId', title: 'Client ID', type: 'text', required: true },
  { name: 'clientSecret', title: 'Client secret', type: 'text', required: true },
]
const REFRESH_TOKEN: SettingField = {
  name: 'refreshToken',
  title: 'Refresh token',
  type: 'text',
  required: true,
}

/** What a connector declares of its settings and its authorisation: the part that the server itself needs. */
export class Declaration {
  readonly title: string
  readonly icon: string
  /** The hosts of its manifest. */
  readonly hosts: string[]
  readonly usesFiles: boolean
  readonly auth: Auth
  readonly fields: SettingField[]
  readonly limits: Limits | null
  readonly #derived: NonNullable<Connector['derived']>

  constructor(
    connector: Connector,
    manifest: Pick<PluginManifest, 'icon' | 'hosts' | 'permissions'>
  ) {
    this.title = connector.title
    this.icon = manifest.icon
    this.hosts = manifest.hosts
    this.usesFiles = manifest.permissions.includes('files')
    this.auth = connector.auth
    this.fields = connector.settings
    this.limits = connector.limits ?? null
    this.#derived = connector.derived ?? {}
  }

  get secretFields(): SettingField[] {
    if (this.auth.type === 'custom') return this.auth.secrets
    return this.auth.type === 'oauth2' ? [...CLIENT, REFRESH_TOKEN] : []
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

  /** What is wrong, as sentences for a file. */
  problems(settings: Settings, secrets: { [name: string]: string }): string[] {
    return this.faults(settings, secrets).map(({ part, field, title, says }) => {
      const name = `${part}.${field}`
      return says === MISSING ? `${name} (${title}) ${says}` : `${name} ${says}`
    })
  }

  /** What is wrong, field by field. Secrets that come later are not missed. */
  faults(settings: Settings, secrets: Settings, later: string[] = []): FieldFault[] {
    const secretFields = this.#secretFieldsFor(settings, secrets)
    return [
      ...fieldFaults('settings', this.fields, settings),
      ...fieldFaults('secrets', secretFields, secrets).filter(
        ({ field, says }) => says !== MISSING || !later.includes(field)
      ),
      ...this.#addressFaults(settings),
    ]
  }

  /** A client that signs in by itself, where the settings allow it, has no refresh token. */
  #secretFieldsFor(settings: Settings, secrets: Settings): SettingField[] {
    const { auth } = this
    if (auth.type !== 'oauth2' || auth.clientCredentials === undefined) return this.secretFields
    const complete = this.complete(settings)
    const isByItself =
      isEmpty(secrets.refreshToken) &&
      auth.clientCredentials.needs.every((name) => !isEmpty(complete[name]))
    return this.secretFields.map((field) =>
      isByItself && field === REFRESH_TOKEN ? { ...field, required: false } : field
    )
  }

  /** A sign-in address that settings must complete is asked for at the choice that completes it. */
  #addressFaults(settings: Settings): FieldFault[] {
    if (this.auth.type !== 'oauth2') return []
    const complete = this.complete(settings)
    const open = [...this.auth.tokenUrl.matchAll(/\{(\w+)\}/g)]
      .map(([, name]) => String(name))
      .filter((name) => isEmpty(complete[name]))
    return open.flatMap((name) => {
      const chooser = Object.entries(this.#derived).find(([, choices]) =>
        Object.values(choices).some((derived) => name in derived)
      )?.[0]
      const field = this.fields.find((each) => each.name === (chooser ?? name))
      if (field === undefined) return []
      return [{ part: 'settings', field: field.name, title: field.title, says: MISSING }]
    })
  }

  /** The values that a choice of `setting` brings, choice by choice. */
  choicesOf(setting: string): { [choice: string]: Settings } {
    return this.#derived[setting] ?? {}
  }
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
