import assert from 'node:assert/strict'
import { contractContext, type ContractContext } from '#tests/support/contract_context'
import { concernsAll, type Clause, type Subject } from '../stage.js'
import { newContext, pagesOf, waysOf } from '../reach.js'

export const secretsClause: Clause = {
  number: 'C15',
  title: 'no secret is in what is logged or thrown',
  concerns: concernsAll,
  async verify(subject) {
    const { connector, stage } = subject
    const told: string[] = []
    const hear = async (ctx: ContractContext, work: () => Promise<unknown>) => {
      await work().catch((error: unknown) => told.push(textOf(error)))
      told.push(ctx.logged())
    }
    for (const wrong of [null, ...stage.wrong]) {
      const connection = {
        settings: { ...stage.connection.settings, ...wrong?.settings },
        secrets: { ...stage.connection.secrets, ...wrong?.secrets },
      }
      const ctx = contractContext(connection, stage.world)
      await hear(ctx, () => connector.check(ctx))
      await hear(ctx, async () => connector.discover?.list(ctx))
    }
    for (const { stream } of stage.reading) {
      const ctx = newContext(subject)
      await hear(ctx, async () => {
        for (const way of await waysOf(subject, stream)) {
          for await (const page of pagesOf(way, ctx, {})) page.records.pop()
        }
      })
    }
    const all = told.join('\n')
    for (const secret of secretsOf(subject)) {
      assert.ok(!all.includes(secret), `a secret is told: ${all.replaceAll(secret, '<secret>')}`)
    }
  },
}

function secretsOf({ stage }: Subject): string[] {
  const wrong = stage.wrong.flatMap(({ secrets }) => Object.values(secrets ?? {}))
  const all = [...Object.values(stage.connection.secrets), ...wrong, ...(stage.hidden ?? [])]
  return all.filter((one) => one.length >= 4)
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const detail = 'detail' in error ? String(error.detail) : ''
  return [error.message, detail, error.cause ? textOf(error.cause) : ''].join('\n')
}
