import { forecastNext } from '#domain/runs/next_forecast'
import type Service from '#domain/services/service'

/** What the next run costs, and how certain that is. */
export type NextView =
  | {
      kind: 'counted'
      isExact: boolean
      credits: number
      records: number
      written: number | null
      refers: boolean
    }
  | { kind: 'usual'; credits: number }
  | { kind: 'unknown' }
  | { kind: 'free' }

export async function viewNext(service: Service): Promise<NextView> {
  const next = await forecastNext(service)
  return { ...next }
}
