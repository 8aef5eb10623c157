import { setTimeout as wait } from 'node:timers/promises'
import logger from '@adonisjs/core/services/logger'
import crossdock from '#config/crossdock'
import { hasRunners, inquire } from '#domain/runners'
import type Run from '#domain/runs/run'
import { assignmentParts } from '#domain/services/assignment_parts'
import type Service from '#domain/services/service'
import type { RunPrice } from '#workers/price_run'

/** What a run costs by the source's own count; null where that cannot be told. */
export async function countedCredits(run: Run, service: Service): Promise<RunPrice | null> {
  if (!hasRunners()) return null
  const clock = new AbortController()
  try {
    return await Promise.race([
      ask(run, service),
      wait(crossdock.countsWithin, null, { signal: clock.signal, ref: false }),
    ])
  } catch (error) {
    // The run itself says to the user what is wrong, and must not keep others from starting.
    logger.warn({ err: error, runId: run.id }, 'The price of a run could not be asked for')
    return null
  } finally {
    clock.abort()
  }
}

async function ask(run: Run, service: Service): Promise<RunPrice | null> {
  const parts = await assignmentParts(service, run.revision)
  return inquire<'price'>({
    ask: 'price',
    assignment: {
      ...parts,
      lease: { serviceId: service.id, runId: '', token: '' },
      bounds: run.bounds,
      only: null,
    },
  })
}
