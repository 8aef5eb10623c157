import type Connection from '#domain/connections/connection'
import type { CreditTerms } from '#domain/connections/credit_terms'
import { setCreditLimits } from '#domain/runs/set_credit_limits'

/** Makes the account's limit and reserve what a connection file says; without a word they stay. */
export async function keepCreditTerms(
  connection: Connection,
  terms: CreditTerms | undefined
): Promise<void> {
  if (terms === undefined) return
  const { creditsPerDay, reservePercent } = await connection.refresh()
  if (terms.creditsPerDay === creditsPerDay && terms.reservePercent === reservePercent) return
  await setCreditLimits(connection, terms, null)
}
