import type { HttpContext } from '@adonisjs/core/http'
import type { ScopeUse, SettingField, Value } from '#sdk'
import type Connection from '#domain/connections/connection'
import type { ConnectionDraft, SignIn } from '#domain/connections/connection_draft'
import type { Declaration } from '#domain/connections/declaration'
import type { ScopeWish } from '#domain/connections/wanted_scopes'

const WAYS: SignIn[] = ['keep', 'consent', 'code', 'client_credentials', 'refresh_token']

/**
 * The form as a draft. Read by hand, since a validator would put what was typed into the session,
 * secrets too. An empty secret keeps the one that is there.
 */
export async function readDraft(
  { request }: HttpContext,
  connector: string,
  declaration: Declaration,
  connection: Connection | null
): Promise<ConnectionDraft> {
  const kept = (await connection?.secrets()) ?? {}
  const settings = entriesOf(request.input('settings'))
  const secrets = entriesOf(request.input('secrets'))
  return {
    connector,
    name: textOf(request.input('name')),
    settings: Object.fromEntries(
      declaration.fields.flatMap((field) => {
        const value = settingOf(field, settings[field.name])
        return value === null ? [] : [[field.name, value]]
      })
    ),
    secrets: Object.fromEntries(
      declaration.secretFields.flatMap(({ name }) => {
        const value = textOf(secrets[name]) || kept[name]
        return value ? [[name, value]] : []
      })
    ),
    signIn: wayOf(request.input('signIn'), connection),
    wishes: wishesOf(request.input('uses'), request.input('streams'), declaration),
    code: textOf(request.input('code')),
    isOtherUser: request.input('isOtherUser') === true,
  }
}

function wayOf(given: unknown, connection: Connection | null): SignIn {
  const way = WAYS.find((each) => each === given)
  if (way !== undefined && (way !== 'keep' || connection !== null)) return way
  return connection === null ? 'consent' : 'keep'
}

/** No stream chosen means all of them. */
export function wishesOf(uses: unknown, streams: unknown, { auth }: Declaration): ScopeWish[] {
  const known = auth.type === 'oauth2' ? (auth.scopes?.uses ?? []) : []
  const chosen = listOf(streams)
  return known
    .filter(({ name }) => listOf(uses).includes(name))
    .map(({ name }: { name: ScopeUse }) => ({
      use: name,
      streams: chosen.length === 0 ? 'all' : chosen,
    }))
}

function settingOf({ type }: SettingField, given: unknown): Value {
  if (typeof given === 'boolean' || typeof given === 'number') return given
  const text = textOf(given)
  if (text === '') return null
  return type === 'integer' && /^-?\d{1,15}$/.test(text) ? Number(text) : text
}

const textOf = (value: unknown) => (typeof value === 'string' ? value.trim() : '')

function listOf(value: unknown): string[] {
  const values = Array.isArray(value) ? value : [value]
  return values.flatMap((each) => (typeof each === 'string' && each !== '' ? [each] : []))
}

function entriesOf(value: unknown): { [name: string]: unknown } {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
