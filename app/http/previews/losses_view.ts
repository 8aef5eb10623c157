import { ConnectorError } from '#sdk'
import { Refusal } from '#domain/refusal'
import { reportLosses } from '#domain/services/report_losses'
import type Service from '#domain/services/service'

export type LossRow = {
  id: string
  to: string
  kind: string
  count: number
  values: number
  isRejected: boolean
  examples: Array<{ key: string; before: string; after: string | null }>
}
export type LossesView =
  { ok: true; records: number; isWhole: boolean; rows: LossRow[] } | { ok: false; message: string }

/** What the mapping loses, the most frequent first. That it cannot be told is an answer too. */
export async function viewLosses(service: Service, scope: 'sample' | 'whole'): Promise<LossesView> {
  try {
    const { records, isWhole, rows } = await reportLosses(service, scope)
    const lost = rows.flatMap(({ to, values, losses }) =>
      losses.map(({ kind, count, isRejected, examples }) => ({
        id: `${to} ${kind} ${isRejected}`,
        ...{ to, kind, count, values, isRejected },
        examples: examples.map((example) => ({ ...example })),
      }))
    )
    return { ok: true, records, isWhole, rows: lost.sort((a, b) => b.count - a.count) }
  } catch (error) {
    if (error instanceof Refusal || error instanceof ConnectorError) {
      return { ok: false, message: error.message }
    }
    throw error
  }
}
