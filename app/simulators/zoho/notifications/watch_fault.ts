import { RowFault } from '../records/row_reply.js'

/** Why one entry of a watch call is refused. */
export class WatchFault extends Error {
  constructor(
    readonly code: string,
    readonly details: Record<string, unknown>
  ) {
    super(code)
  }

  get reply() {
    return new RowFault(this.code, this.details).reply
  }
}
