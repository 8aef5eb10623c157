interface FaultMatch {
  method?: string
  /** Part of the path, or a regular expression between slashes. */
  path?: string
  nth?: number
  every?: number
  times?: number
  probability?: number
}

/** What may befall a notification. */
export type DeliveryFault =
  | { kind: 'notify_drop' }
  | { kind: 'notify_duplicate' }
  /** Held back until the channel's next one has gone, or so many milliseconds. */
  | { kind: 'notify_disorder'; ms?: number }

/** What a refused record is told. */
export interface RowTrouble {
  code?: string
  field?: string
  message?: string
  details?: Record<string, unknown>
}

export type Fault =
  | { kind: 'latency'; ms: number }
  | { kind: 'status'; status: number; body?: unknown }
  | { kind: 'drop_before' }
  | { kind: 'drop_after' }
  | ({ kind: 'partial'; indexes?: number[]; share?: number } & RowTrouble)
  | { kind: 'token_expired' }
  | { kind: 'token_throttled'; as?: 200 | 400 }
  | { kind: 'truncate_zip' }
  | { kind: 'job_failed' }
  | { kind: 'late_index'; ms: number }
  | DeliveryFault

export type PartialFault = Extract<Fault, { kind: 'partial' }>
export type FaultRule = { match?: FaultMatch } & Fault

export const faultKinds: readonly Fault['kind'][] = [
  'latency',
  'status',
  'drop_before',
  'drop_after',
  'partial',
  'token_expired',
  'token_throttled',
  'truncate_zip',
  'job_failed',
  'late_index',
  'notify_drop',
  'notify_duplicate',
  'notify_disorder',
]
