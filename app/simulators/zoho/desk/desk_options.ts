/** What Desk allows an organization. */
export interface DeskOptions {
  /** Credits of 24 hours. */
  deskCredits: number
  deskConcurrency: number
  /** Whether a webhook's address must answer before the webhook is made. */
  deskChecksWebhooks: boolean
}

export const deskDefaults: DeskOptions = {
  deskCredits: 150_000,
  deskConcurrency: 20,
  deskChecksWebhooks: false,
}
