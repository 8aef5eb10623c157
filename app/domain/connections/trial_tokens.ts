import { ConnectorError } from '#sdk'

/** Access tokens of sign-ins that are being tried and belong to no connection yet, by the id of the trial. */
class TrialTokens {
  readonly #headers = new Map<string, string>()

  hold(id: string, header: string): void {
    this.#headers.set(id, header)
  }

  drop(id: string): void {
    this.#headers.delete(id)
  }

  get(id: string, stale: string | null): { header: string; expiresAt: number } | null {
    const header = this.#headers.get(id)
    if (header === undefined) return null
    if (header !== stale) return { header, expiresAt: Date.now() + 60_000 }
    throw new ConnectorError(
      'auth',
      'The vendor issued an access token and then refused it: check the data centre'
    )
  }
}

export const trialTokens = new TrialTokens()
