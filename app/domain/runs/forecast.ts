import { recordsRead } from '#engine/counters'
import { countedCredits } from '#domain/runs/counted_credits'
import Run from '#domain/runs/run'
import type Service from '#domain/services/service'

const RUNS_LOOKED_AT = 20
const RUNS_COUNTED = 5

/** What a run will likely still spend: by the service's last runs, or by the source's count; null when nothing tells. */
export async function forecastCredits(run: Run, service: Service): Promise<number | null> {
  const whole = (await typicalCredits(service, run)) ?? (await firstForecast(run, service))
  if (whole === null) return null
  return Math.max(0, whole - run.creditsSpent)
}

/** A run that has begun is not counted again: it goes on from where it stands. */
function firstForecast(run: Run, service: Service): Promise<number | null> {
  if (run.startedAt !== null || run.onlyKeys !== null) return Promise.resolve(run.creditsForecast)
  return countedCredits(run, service)
}

/** What a run of the service usually spends: the middle one of the last of its kind. */
export async function typicalCredits(service: Service, run?: Run): Promise<number | null> {
  const past = await Run.query()
    .where('serviceId', service.id)
    .whereIn('state', ['succeeded', 'partial'])
    .whereNull('onlyKeys')
    .orderBy('finishedAt', 'desc')
    .limit(RUNS_LOOKED_AT)
  if (run?.onlyKeys) return scaled(past, run.onlyKeys.length)
  const readsAll = service.position === null
  const alike = past.filter(({ bounds }) => ((bounds?.from ?? null) === null) === readsAll)
  return middle(alike.slice(0, RUNS_COUNTED).map(({ creditsSpent }) => creditsSpent))
}

/** A replay costs what its records cost before, and a call at least. */
function scaled(past: Run[], records: number): number | null {
  const last = past.find(({ counters }) => recordsRead(counters) > 0)
  if (last === undefined) return null
  return Math.max(1, Math.ceil((last.creditsSpent / recordsRead(last.counters)) * records))
}

function middle(values: number[]): number | null {
  if (values.length === 0) return null
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
}
