import type RunRequest from '#domain/runs/run_request'
import { instantText } from '#http/instant_text'

/** A call of a run, as a line of a list. What was said is not in it. */
export type RequestRow = {
  id: string
  at: string | null
  stage: 'read' | 'look_up' | 'send'
  route: string | null
  batch: number | null
  method: string
  host: string
  path: string
  status: number | null
  error: string | null
  isFailed: boolean
  /** Milliseconds. */
  took: number
  bytesSent: number
  bytesReceived: number
  hasBody: boolean
}

export function viewRequestRow(request: RunRequest): RequestRow {
  const { id, stage, route, batch, method, host, path, status, error, isFailed } = request
  const { took, bytesSent, bytesReceived, startedAt, $extras } = request
  return {
    ...{ id, stage, route, batch, method, host, path, status, error, isFailed },
    ...{ took, bytesSent, bytesReceived },
    at: instantText(startedAt),
    hasBody: Boolean($extras.has_body ?? request.sealedBody),
  }
}
