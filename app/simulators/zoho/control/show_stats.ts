import type { SimulatedOrg } from '../simulated_org.js'

export function showStats(org: SimulatedOrg) {
  const { store, credits, stats, gate, clock } = org
  const modules: Record<string, Record<string, number>> = {}
  for (const [name, table] of store.tables) {
    const counts = store.ledger.counts.get(name)
    if (!counts) continue
    modules[name] = { records: table.size, ...counts }
  }
  const now = clock.now()
  return {
    modules,
    credits: {
      limit: credits.limit,
      used: credits.used(now),
      remaining: credits.remaining(now),
      byEndpoint: stats.byEndpoint,
    },
    calls: stats.calls,
    refused: stats.refused,
    peakConcurrency: gate.peak,
    peakSubConcurrency: gate.peakHeavy,
  }
}

export type SimulatorStats = ReturnType<typeof showStats>
