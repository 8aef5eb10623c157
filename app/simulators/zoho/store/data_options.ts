/** Options of what the org holds and tells; those that Zoho's pages leave open among them. */
export interface DataOptions {
  /** How long a bulk read stays ADDED, then QUEUED, then IN PROGRESS at least. */
  bulkReadDelayMs: number
  bulkReadQueueMs: number
  bulkReadRunMs: number
  /** Rows of one bulk read. */
  bulkReadRows: number
  /** Events of one calendar file. */
  bulkReadIcsRows: number
  bulkReadMostPages: number
  /** Results fetched per minute. */
  bulkReadDownloads: number
  /** How long a receiver of callbacks and notifications may take. */
  postTimeoutMs: number
  /** Channels that are notified at once; one channel gets its notifications one by one. */
  notifyParallel: number
  /** Ids of one notification. */
  notifyIds: number
  /** Notifications that wait for a slow receiver; more are lost. */
  notifyQueue: number
  /** How often a notification that was not taken is sent again, and after how long. */
  notifyRetries: number
  notifyRetryMs: number
  /** Whether a payload says insert, update, delete or create, edit, delete. */
  notifyOperations: 'insert' | 'create'
  affectedFieldsShape: 'by_id' | 'flat'
  channelDefaultSeconds: number
  channelMostSeconds: number
  /** Whether rows that an update of a subform leaves out stay. */
  subformKeepsOmitted: boolean
  filesPerUpload: number
  /** How old the index is by which records are counted. */
  countLagMs: number
  /** Whether the calls in a composite cost what they cost alone, besides its own price. */
  compositeChargesCalls: boolean
}

export const dataDefaults: DataOptions = {
  bulkReadDelayMs: 200,
  bulkReadQueueMs: 200,
  bulkReadRunMs: 0,
  bulkReadRows: 200_000,
  bulkReadIcsRows: 20_000,
  bulkReadMostPages: 500,
  bulkReadDownloads: 10,
  postTimeoutMs: 5_000,
  notifyParallel: 8,
  notifyIds: 100,
  notifyQueue: 10_000,
  notifyRetries: 0,
  notifyRetryMs: 60_000,
  notifyOperations: 'insert',
  affectedFieldsShape: 'by_id',
  channelDefaultSeconds: 3_600,
  channelMostSeconds: 7 * 24 * 3_600,
  subformKeepsOmitted: true,
  filesPerUpload: 10,
  countLagMs: 0,
  compositeChargesCalls: true,
}
