import type { RecordValues } from '#sdk'
import { noCounters } from './counters.js'
import { PlannedReferences } from './planned_references.js'
import type { Prepared } from './prepare.js'
import { Run } from './run.js'
import { readPages, readQuery } from './source.js'
import type { SyncInput } from './sync_input.js'
import { transformPage } from './transform.js'

/** Enough for the price of a usual run; what is beyond is taken to be alike. */
const MOST_READ = 100_000
/** Milliseconds: others wait for their turn meanwhile. */
const LONGEST_READ = 2_500

/**
 * The credits of finding what `count` records refer to. Where reading costs nothing they are read;
 * else each is taken to refer to another, so that it is the most that it costs.
 */
export async function reckonReferences(
  input: SyncInput,
  prepared: Prepared,
  count: number
): Promise<number> {
  const run = new Run(input, noCounters())
  const references = new PlannedReferences(run)
  if (references.isEmpty || count === 0) return 0
  const { ctx, stream, access } = input.source
  const isFree = (access.readRoutes?.(ctx, stream) ?? []).length === 0
  const share = isFree
    ? await readMost(run, prepared, references, count)
    : imagine(input, references, count)
  const plan = await references.plan(true)
  const credits = plan.reduce((sum, part) => sum + part.credits, 0)
  return Math.ceil(credits * share)
}

/** How much more there is than was read. */
async function readMost(
  run: Run,
  { used, filter, transform }: Prepared,
  references: PlannedReferences,
  count: number
): Promise<number> {
  const { world } = run.input
  const end = world.now() + LONGEST_READ
  let read = 0
  for await (const { records } of readPages(run, readQuery(run, null, used, filter))) {
    read += records.length
    for (const { draft, isFiltered, faults } of transformPage(records, transform)) {
      if (!isFiltered && !faults) references.add({ outcome: 'create', target: draft.target })
    }
    if (read >= MOST_READ || world.now() > end) return Math.max(1, count / read)
  }
  return 1
}

function imagine({ definition }: SyncInput, references: PlannedReferences, count: number): number {
  const rows = definition.mapping.filter(({ to, by }) => by !== undefined && !to.includes('.'))
  const most = Math.min(count, MOST_READ)
  for (let number = 1; number <= most; number++) {
    const pairs = rows.map(({ to, by = '' }) => [to, { by, value: String(number) }])
    const target: RecordValues = Object.fromEntries(pairs)
    references.add({ outcome: 'create', target })
  }
  return count / most
}
