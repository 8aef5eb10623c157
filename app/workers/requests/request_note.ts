/** What a call was made for. */
export interface Purpose {
  stage: 'read' | 'look_up' | 'send'
  /** The way to write, where it was one. */
  route: string | null
  /** The batch's number within the run's attempt; its calls share it. */
  batch: number | null
}

export interface Answer {
  status: number
  type: string
  bytes: Uint8Array
}

/** What is kept of one side of a call, with secrets and private fields hidden. */
export interface KeptText {
  bytes: number
  /** Null where nothing can be shown. */
  text: string | null
  /** Why the text is not there, or not whole. */
  because: 'cut' | 'binary' | 'private' | null
}

export interface KeptBody {
  query: Array<[name: string, value: string]>
  sent: KeptText
  received: KeptText | null
}

/** One call to a vendor, for the history. */
export interface RequestNote extends Purpose {
  connectionId: string
  /** Milliseconds since the epoch. */
  at: number
  /** Milliseconds. */
  took: number
  method: string
  host: string
  path: string
  /** Null where there was no answer; `error` says why. */
  status: number | null
  error: string | null
  bytesSent: number
  bytesReceived: number
  body: KeptBody | null
}

/** Calls since the last report: all of them counted, some of them noted. */
export interface RequestReport {
  total: number
  failed: number
  notes: RequestNote[]
}
