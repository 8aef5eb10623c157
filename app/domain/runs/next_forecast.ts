import logger from '@adonisjs/core/services/logger'
import { hasRunners, inquire } from '#domain/runners'
import { typicalCredits } from '#domain/runs/forecast'
import Run from '#domain/runs/run'
import { tollsOf } from '#domain/runs/start_gate'
import { assignmentParts } from '#domain/services/assignment_parts'
import type Service from '#domain/services/service'
import type { NextPrice } from '#engine/next_price'

/** What the next run of a service costs: found out now, as its runs before, or not known; or nothing. */
export type NextForecast =
  | ({ kind: 'counted' } & NextPrice)
  | { kind: 'usual'; credits: number }
  | { kind: 'unknown' }
  | { kind: 'free' }

/** Milliseconds in which a page that is opened again does not make the source be read again. */
const KEPT_FOR = 5_000
const kept = new Map<string, { until: number; price: Promise<NextPrice | null> }>()

/** Costs no credit, and what was just asked is not asked again. */
export async function forecastNext(service: Service): Promise<NextForecast> {
  const tolls = await tollsOf(service, Date.now())
  if (tolls.length === 0) return { kind: 'free' }
  const last = await Run.query().where('serviceId', service.id).orderBy('queuedAt', 'desc').first()
  const price = await pricedOnce(service, `${last?.id} ${last?.state}`, Date.now())
  if (price !== null) return { kind: 'counted', ...price }
  const credits = await typicalCredits(service)
  return credits === null ? { kind: 'unknown' } : { kind: 'usual', credits }
}

function pricedOnce(service: Service, at: string, now: number): Promise<NextPrice | null> {
  for (const [name, { until }] of kept) if (until <= now) kept.delete(name)
  const name = `${service.id} ${service.revision} ${at}`
  const known = kept.get(name)
  if (known) return known.price
  const price = ask(service).catch((error: unknown) => {
    // A preview says to the user what is wrong.
    logger.warn({ err: error, serviceId: service.id }, 'The next price could not be asked for')
    return null
  })
  kept.set(name, { until: now + KEPT_FOR, price })
  return price
}

async function ask(service: Service): Promise<NextPrice | null> {
  if (!hasRunners()) return null
  const parts = await assignmentParts(service, service.revision)
  return inquire<'next'>({
    ask: 'next',
    assignment: {
      ...parts,
      lease: { serviceId: service.id, runId: '', token: '' },
      bounds: null,
      only: null,
    },
  })
}
