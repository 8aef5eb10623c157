import type { SettingField, Value } from '#sdk'
import { redirectUri } from '#domain/connections/begin_consent'
import type Connection from '#domain/connections/connection'
import type { SignIn } from '#domain/connections/connection_draft'
import { connectionUses } from '#domain/connections/connection_uses'
import type { Declaration } from '#domain/connections/declaration'
import { connectorOf } from '#http/connections/connectors'
import type { ConnectorCard } from '#http/connections/connectors'

export type FieldView = {
  name: string
  title: string
  type: SettingField['type'] | 'file'
  isRequired: boolean
  isAdvanced: boolean
  help: string | null
  choices: string[]
  value: string | number | boolean | null
}

/** Secrets have no value here: only whether one is kept. */
export type SecretView = Pick<FieldView, 'name' | 'title' | 'help' | 'isRequired'> & {
  isKept: boolean
}

export type SignInView = {
  redirectUri: string
  ways: Array<{ name: SignIn; title: string; help: string }>
  uses: Array<{ name: string; title: string; help: string | null }>
  streams: string[]
  /** What is ticked at first. */
  wanted: { uses: string[]; streams: string[] }
}

export type FormView = {
  id: string | null
  name: string
  connector: ConnectorCard
  settings: FieldView[]
  secrets: SecretView[]
  signIn: SignInView | null
}

export async function viewForm(
  connector: string,
  declaration: Declaration,
  connection: Connection | null
): Promise<FormView> {
  const kept = Object.keys((await connection?.secrets()) ?? {})
  return {
    id: connection?.id ?? null,
    name: connection?.name ?? '',
    connector: { name: connector, ...connectorOf(connector) },
    settings: declaration.fields.map((field) => viewField(field, declaration, connection)),
    secrets: declaration.secretFields.map(({ name, title, help, required }) => ({
      ...{ name, title, help: help ?? null, isRequired: required === true },
      isKept: kept.includes(name),
    })),
    signIn: await viewSignIn(declaration, connection),
  }
}

function viewField(
  field: SettingField,
  { usesFiles }: Declaration,
  connection: Connection | null
): FieldView {
  const { name, title, type, help, choices = [], required, default: usual } = field
  const isFile = usesFiles && name === 'file' && type === 'text'
  return {
    ...{ name, title, choices, help: help ?? null },
    type: isFile ? 'file' : type,
    isRequired: required === true,
    isAdvanced: field.advanced === true,
    value: plain(connection?.settings[name] ?? usual),
  }
}

function plain(value: Value | undefined): FieldView['value'] {
  if (value === undefined || value === null) return null
  return typeof value === 'object' ? JSON.stringify(value) : value
}

async function viewSignIn(
  { auth }: Declaration,
  connection: Connection | null
): Promise<SignInView | null> {
  if (auth.type !== 'oauth2') return null
  const { scopes, pastedCode, clientCredentials } = auth
  const keep = { name: 'keep' as const, title: 'As it is', help: 'Keeps what was granted.' }
  const code = { name: 'code' as const, title: 'Paste a code' }
  const client = { name: 'client_credentials' as const, title: 'As the client itself' }
  return {
    redirectUri: redirectUri(),
    ways: [
      ...(connection ? [keep] : []),
      { name: 'consent', title: 'In the browser', help: CONSENT_HELP },
      ...(pastedCode ? [{ ...code, help: pastedCode.help }] : []),
      ...(clientCredentials ? [{ ...client, help: clientCredentials.help }] : []),
      { name: 'refresh_token', title: 'Paste a refresh token', help: TOKEN_HELP },
    ],
    uses: (scopes?.uses ?? []).map(({ name, title, help }) => ({
      name,
      title,
      help: help ?? null,
    })),
    streams: Object.keys(scopes?.streams ?? {}).sort(),
    wanted: await wantedAtFirst(connection),
  }
}

const CONSENT_HELP =
  'You are sent to the vendor, sign in there and allow what is ticked here. The client must know our redirect address.'
const TOKEN_HELP = 'One that was made elsewhere for the same client.'

/** What the services need; reading and writing of everything where there are none. */
async function wantedAtFirst(connection: Connection | null): Promise<SignInView['wanted']> {
  const uses = connection === null ? [] : await connectionUses(connection.id)
  const wishes = uses.flatMap((use) => use.wishes)
  if (wishes.length === 0) return { uses: ['read', 'write', 'bulk'], streams: [] }
  return {
    uses: [...new Set(wishes.map(({ use }) => use))],
    streams: [...new Set(wishes.flatMap(({ streams }) => (streams === 'all' ? [] : streams)))],
  }
}
