import Connection from '#domain/connections/connection'
import type Consent from '#domain/connections/consent'
import type { ConsentState } from '#domain/connections/consent'
import { connectionUses } from '#domain/connections/connection_uses'

type Account = { name: string; id: string | null }

export type ConsentView = {
  id: string
  state: ConsentState
  message: string | null
  name: string
  connector: string
  connectionId: string | null
  /** Both accounts, where the sign-in led to another one. */
  accounts: { known: Account; found: Account; services: string[] } | null
}

export async function viewConsent(consent: Consent): Promise<ConsentView> {
  const { id, state, message, connectionId } = consent
  const { name, connector } = await consent.draft()
  return {
    ...{ id, state, message, connectionId, name, connector },
    accounts: state === 'other_account' ? await viewAccounts(consent) : null,
  }
}

async function viewAccounts(consent: Consent): Promise<ConsentView['accounts']> {
  const granted = await consent.granted()
  const connection = await Connection.find(consent.connectionId)
  if (granted === null || connection === null) return null
  const { identity = null, account } = granted.check
  const uses = await connectionUses(connection.id)
  return {
    known: { name: connection.account ?? 'unnamed', id: connection.identity },
    found: { name: account ?? 'unnamed', id: identity },
    services: uses.map((use) => use.name),
  }
}
