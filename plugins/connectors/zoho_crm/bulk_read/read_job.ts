/** A bulk read job as Zoho reports it. */
export interface ReadJob {
  id: string
  state: string
  created_time?: string
  result?: {
    count?: number
    more_records?: boolean
    next_page_token?: string | null
    download_url?: string
    error_message?: { code?: string; message?: string } | null
  } | null
}

/** Zoho writes the state under way with and without a space. */
export function plainState({ state }: ReadJob) {
  return state.toUpperCase().replace(/[\s_]/g, '')
}
