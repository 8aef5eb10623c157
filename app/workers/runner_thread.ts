import { parentPort } from 'node:worker_threads'
import { answerInquiry } from './answer_inquiry.js'
import { listPlugins, loadConnector } from './load_plugin.js'
import { runAssignment } from './run_assignment.js'
import { RunsUnderWay } from './runs_under_way.js'
import { ServerLine } from './server_line.js'
import { toWire } from './wire_error.js'
import type { Assignment, Inquiry, Opening } from './messages.js'

/**
 * A runner: holds the engine and the plugins, and boots no Adonis. It has no database, no key
 * and no refresh token; what it needs it asks for over its line.
 */
const underWay = new RunsUnderWay()

parentPort?.once('message', async ({ port, pulse, warmFrom }: Opening) => {
  const line = new ServerLine(port)
  line.listen((order) => {
    if (order.type === 'run') void work(line, order.assignment)
    else if (order.type === 'inquire') void answer(line, order.id, order.inquiry)
    else if (order.type === 'called') underWay.called(order.token)
    else if (order.type === 'farewell') part()
    else underWay.cancel(order.token)
  })
  setInterval(() => line.tell({ type: 'alive' }), pulse)
  if (warmFrom !== null) await warm(warmFrom)
  line.tell({ type: 'ready' })
})

/**
 * Ends by itself, once it has told what its calls cost: a thread that is ended from outside while
 * it loads a native addon takes the whole server with it.
 */
function part(): void {
  underWay.part()
  setImmediate(() => process.exit(1))
}

async function work(line: ServerLine, assignment: Assignment): Promise<void> {
  const { token } = assignment.lease
  const signs = underWay.begin(token)
  try {
    const report = await runAssignment(assignment, line, signs)
    line.tell({ type: 'finished', token, report })
  } catch (error) {
    if (!underWay.isParting) line.tell({ type: 'stopped', token, error: toWire(error) })
  } finally {
    underWay.over(token)
  }
}

async function answer(line: ServerLine, id: number, inquiry: Inquiry): Promise<void> {
  try {
    line.tell({ type: 'answered', id, value: await answerInquiry(inquiry, line) })
  } catch (error) {
    line.tell({ type: 'refused', id, error: toWire(error) })
  }
}

/** A connector that cannot be loaded says so when somebody uses it. */
async function warm(pluginsRoot: string): Promise<void> {
  const names = await listPlugins(pluginsRoot, 'connector')
  await Promise.allSettled(names.map((name) => loadConnector(pluginsRoot, name)))
}
