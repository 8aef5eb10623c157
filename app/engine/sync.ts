import { PageAccount } from './account.js'
import { adoptJobs } from './adopt.js'
import { Dispatch } from './dispatch.js'
import { LeaseLost } from './ledger.js'
import { matchPage } from './match.js'
import { openFlags } from './open_flags.js'
import { prepare } from './prepare.js'
import { Run } from './run.js'
import { Settler } from './settler.js'
import { readPages, readQuery } from './source.js'
import type { SyncInput, SyncReport } from './sync_input.js'
import { transformPage } from './transform.js'

/**
 * Brings the records of a source stream into a target stream. Every record that is read ends in
 * exactly one outcome, and the cursor moves only with the outcomes it covers.
 */
export async function sync(input: SyncInput): Promise<SyncReport> {
  const { transform, filter, used } = prepare(input)
  const checkpoint = await input.ledger.open()
  const run = new Run(input, checkpoint.counters)
  run.arm(checkpoint)
  const flags = openFlags(run, input)
  const settler = new Settler(run, checkpoint.cursor, flags)
  const dispatch = new Dispatch(run, settler)
  try {
    await adoptJobs(run, dispatch, checkpoint)
    let sequence = 0
    for await (const read of readPages(run, readQuery(run, checkpoint.cursor, used, filter))) {
      run.assertGoing()
      const page = new PageAccount(sequence++, read.cursor)
      page.read = read.records.length
      run.recordsSeen += page.read
      settler.pages.push(page)
      page.pending++
      if (flags) page.known = []
      const mapped = run.timed('map', () => transformPage(read.records, transform))
      for (const { draft } of mapped) page.size += draft.json.length
      const judged = await run.timed('match', () => matchPage(mapped, page, run))
      page.pending--
      dispatch.admit(judged)
      settler.kick()
      await dispatch.advance()
    }
    run.window.endReading()
    const last = settler.pages.at(-1)
    if (last) last.isGlued = false
    await dispatch.finish()
  } catch (error) {
    await endEarly(run, settler, error)
  }
  run.stage = 'finished'
  run.tell()
  const report = run.report(settler.cursor)
  return flags ? { ...report, flags: flags.report } : report
}

/** What is complete is stored before the error goes on, unless the run is no longer ours. */
async function endEarly(run: Run, settler: Settler, error: unknown): Promise<never> {
  run.fail(error)
  if (!(run.failure?.error instanceof LeaseLost)) {
    await run.quiet()
    if (settler.cursor === null) withdrawReading(run)
    await settler.finish()
    run.tell()
  }
  throw run.failure?.error ?? error
}

/** The next attempt begins at the start again, and plans all of its reading. */
function withdrawReading(run: Run): void {
  const { left, plan } = run.reading ?? {}
  if (!left?.credits || !plan) return
  const { records, calls, credits } = left
  run.credits.planned -= credits
  run.charge({
    route: plan.route.name,
    records: -records,
    calls: -calls,
    credits: -credits,
    took: 0,
  })
}
