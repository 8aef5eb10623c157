export type SelectionView = {
  token: string
  module: string
  records: number
  org: string
  user: string | null
  expiresAt: string | null
  isExpired: boolean
}
export type SelectableService = {
  id: string
  name: string
  target: string
  /** Why it cannot run now. */
  trouble: string | null
}
