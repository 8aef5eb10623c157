import type { FieldView, FormView } from '../../types.js'

/** What is typed into the form of a connection. */
export type ConnectionForm = {
  id: string | null
  connector: string
  name: string
  settings: Record<string, FieldView['value']>
  secrets: Record<string, string>
  signIn: string
  uses: string[]
  streams: string[]
  code: string
  isOtherUser: boolean
}

export function beginForm({
  id,
  name,
  connector,
  settings,
  secrets,
  signIn,
}: FormView): ConnectionForm {
  return {
    ...{ id, name, connector: connector.name },
    settings: Object.fromEntries(settings.map((field) => [field.name, field.value])),
    secrets: Object.fromEntries(secrets.map((field) => [field.name, ''])),
    signIn: signIn?.ways[0]?.name ?? 'keep',
    uses: signIn?.wanted.uses ?? [],
    streams: signIn?.wanted.streams ?? [],
    code: '',
    isOtherUser: false,
  }
}
