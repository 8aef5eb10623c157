import { isDeepStrictEqual } from 'node:util'
import { recordsRead } from '#engine/counters'
import { countedCredits } from '#domain/runs/counted_credits'
import { lastPreview } from '#domain/runs/last_preview'
import Run from '#domain/runs/run'
import Preview from '#domain/services/preview'
import type Service from '#domain/services/service'

const RUNS_LOOKED_AT = 20
const RUNS_COUNTED = 5

export interface Forecast {
  /** What the run will likely still spend; null when nothing tells. */
  credits: number | null
  basis: Run['forecastBasis']
  /** How many records the source counted for it; null where it was not asked. */
  records: number | null
}

/**
 * By what a person approved, by a preview that is newer than the last run, by the service's last
 * runs, or by the source's count.
 */
export async function forecastRun(run: Run, service: Service): Promise<Forecast> {
  const previewed = (await approvedCredits(run)) ?? (await previewedCredits(run))
  if (previewed !== null) {
    return { credits: left(run, previewed), basis: 'preview', records: null }
  }
  const usual = await typicalCredits(service, run)
  if (usual !== null) return { credits: left(run, usual), basis: 'earlier', records: null }
  // A run that has begun is not counted again: it goes on from where it stands.
  if (run.startedAt !== null || run.onlyKeys !== null) {
    const { creditsForecast, forecastBasis } = run
    return { credits: left(run, creditsForecast), basis: forecastBasis, records: null }
  }
  const counted = await countedCredits(run, service)
  if (counted === null) return { credits: null, basis: null, records: null }
  const { credits, records, isMost } = counted
  return { credits, basis: isMost ? 'count' : null, records }
}

function left(run: Run, credits: number | null): number | null {
  return credits === null ? null : Math.max(0, credits - run.creditsSpent)
}

async function approvedCredits({ previewId }: Run): Promise<number | null> {
  const preview = previewId === null ? null : await Preview.find(previewId)
  return preview?.credits ?? null
}

/** A replay, and a run that was under way already, do not what was previewed. */
async function previewedCredits(run: Run): Promise<number | null> {
  if (run.startedAt !== null || run.onlyKeys !== null) return null
  const preview = await lastPreview(run.serviceId, run.revision)
  return preview?.credits ?? null
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
  if (!readsAll && wasMoved(service, past)) return null
  const alike = past.filter(({ bounds }) => ((bounds?.from ?? null) === null) === readsAll)
  return middle(alike.slice(0, RUNS_COUNTED).map(({ creditsSpent }) => creditsSpent))
}

/** A person moved the place where it begins: the short runs before tell nothing of the next one. */
function wasMoved({ position }: Service, past: Run[]): boolean {
  const last = past.find(({ bounds }) => bounds !== null)
  return !isDeepStrictEqual(last?.bounds?.until ?? null, position)
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
