import { AsyncLocalStorage } from 'node:async_hooks'
import type { Redaction } from './redaction.js'
import type { Call, RequestLog } from './request_log.js'
import type { Purpose } from './request_note.js'

const purposes = new AsyncLocalStorage<Purpose>()

/** What is called while `work` goes on is noted as called for this purpose. */
export function inOrderTo<Result>(purpose: Purpose, work: () => Result): Result {
  return purposes.run(purpose, work)
}

/** The calls of one connection within a run. */
export class RequestHistory {
  constructor(
    readonly log: RequestLog,
    readonly redaction: Redaction,
    /** Of calls that are made in no other order. */
    readonly usual: Purpose['stage']
  ) {}

  note(call: Omit<Call, 'redaction' | 'purpose'>): void {
    const { redaction, usual } = this
    const purpose = purposes.getStore() ?? { stage: usual, route: null, batch: null }
    this.log.note({ ...call, redaction, purpose })
  }
}
