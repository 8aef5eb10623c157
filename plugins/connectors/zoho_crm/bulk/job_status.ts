/** A bulk write job as Zoho reports it. */
export interface JobStatus {
  id: string
  status: string
  created_time?: string
  resource?: Array<{
    status?: string
    module?: string | { api_name?: string }
    code?: string
    message?: string
    file?: {
      status?: string
      added_count?: number
      updated_count?: number
      skipped_count?: number
      total_count?: number
    }
  }>
  result?: { download_url?: string } | null
}

/** Zoho writes the state under way as INPROGRESS and as IN PROGRESS. */
export function statusWord(status: string) {
  return status.toUpperCase().replace(/[\s_]/g, '')
}

export function isUnderWay({ status }: JobStatus) {
  return ['ADDED', 'QUEUED', 'INPROGRESS'].includes(statusWord(status))
}

export function isCompleted({ status }: JobStatus) {
  return statusWord(status) === 'COMPLETED'
}
