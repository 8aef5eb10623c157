import { DateTime } from 'luxon'
import Connection from '#domain/connections/connection'
import { Refusal } from '#domain/refusal'
import type Extension from '#domain/selections/extension'
import Selection from '#domain/selections/selection'

export const MOST_RECORDS = 5_000
const MINUTES = 15
/** How long results can still be looked at, once nothing can be begun any more. */
const KEPT = { days: 1 }

export interface Selected {
  module: string
  ids: string[]
  org: string
  user: { id: string; name: string | null }
}

/** Keeps what was selected, if it comes from the org that the connection is pinned to. */
export async function storeSelection(
  extension: Extension,
  { module, ids, org, user }: Selected,
  now = DateTime.utc()
): Promise<Selection> {
  const { tenantId, connectionId } = extension
  const connection = await Connection.findOrFail(connectionId)
  if (connection.identity === null || connection.identity !== org) {
    throw new Refusal(
      'These records are of another org than the one this extension was packed for. Install the extension that was packed for this org.'
    )
  }
  const different = [...new Set(ids)]
  if (different.length > MOST_RECORDS) {
    throw new Refusal(
      `${different.length} records are selected, and at most ${MOST_RECORDS} go at once: select fewer, or run the service over everything`
    )
  }
  await Selection.query().where('expiresAt', '<', now.minus(KEPT).toMillis()).delete()
  return Selection.create({
    ...{ tenantId, connectionId, module, org },
    extensionId: extension.id,
    ids: different,
    userId: user.id,
    userName: user.name,
    createdAt: now,
    expiresAt: now.plus({ minutes: MINUTES }),
  })
}
