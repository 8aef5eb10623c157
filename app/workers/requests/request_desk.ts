import type { Assignment } from '../messages.js'
import type { ServerLine } from '../server_line.js'
import { toWire } from '../wire_error.js'
import { HiddenNames } from './hidden_names.js'
import { Redaction } from './redaction.js'
import { RequestHistory } from './request_history.js'
import { RequestLog } from './request_log.js'

export interface RequestDesk {
  historyOf(end: 'source' | 'target'): RequestHistory
  close(): Promise<void>
}

/** Notes the calls of both ends of a run. */
export function requestDesk(assignment: Assignment, line: ServerLine): RequestDesk {
  const { lease, definition } = assignment
  const hidden = HiddenNames.of(definition)
  const log = new RequestLog(
    (report) => line.ports.requests.keep(lease, report),
    (error) => {
      const message = `Calls of a run could not be kept: ${toWire(error).message}`
      line.tell({ type: 'log', level: 'warn', message, fields: { run: lease.runId } })
    }
  )
  return {
    historyOf(end) {
      const { secrets } = assignment[end].connection
      const redaction = new Redaction([...Object.values(secrets), ...tokenIn(assignment)], hidden)
      return new RequestHistory(log, redaction, end === 'source' ? 'read' : 'look_up')
    },
    close: () => log.close(),
  }
}

/** Whoever knows the end of the address may call it. */
export function tokenIn({ callbackUrl = null }: Pick<Assignment, 'callbackUrl'>): string[] {
  return callbackUrl === null ? [] : [callbackUrl.slice(callbackUrl.lastIndexOf('/') + 1)]
}
