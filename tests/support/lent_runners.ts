import type { Answers, Assignment, Inquiry, Ports } from '#workers/messages'
import { RunnerPool } from '#workers/runner_pool'
import type { PoolOptions } from '#workers/runner_pool'

/**
 * Runner threads that outlive the dispatcher they were started for: tests open hundreds of
 * dispatchers, one after the other, and a thread takes long to start. Each dispatcher keeps its own
 * counts. Threads that are at work when their dispatcher closes are ended with it.
 */
export class LentRunners extends RunnerPool {
  static #kept: LentRunners | null = null

  /** The threads of this process, where nobody has them; else threads of one's own. */
  static lend(options: PoolOptions): RunnerPool {
    const kept = LentRunners.#kept
    if (kept !== null) {
      if (kept.#loan.options !== null) return new RunnerPool(options)
      if (kept.#terms === termsOf(options)) {
        kept.#loan.options = options
        return kept
      }
      // Threads of a test with short leases would be taken for hung in those after it.
      void kept.#end()
    }
    return (LentRunners.#kept = new LentRunners({ options, underWay: 0 }))
  }

  static async end(): Promise<void> {
    const kept = LentRunners.#kept
    if (kept !== null) await kept.#end()
  }

  readonly #loan: Loan
  readonly #terms: string

  private constructor(loan: Loan & { options: PoolOptions }) {
    super({ ...loan.options, ...callsOf(loan) })
    this.#loan = loan
    this.#terms = termsOf(loan.options)
  }

  override run(assignment: Assignment): boolean {
    const isTaken = super.run(assignment)
    if (isTaken) this.#loan.underWay += 1
    return isTaken
  }

  override async inquire<Name extends Inquiry['ask']>(
    inquiry: Extract<Inquiry, { ask: Name }>
  ): Promise<Answers[Name]> {
    this.#loan.underWay += 1
    try {
      return await super.inquire<Name>(inquiry)
    } finally {
      this.#loan.underWay -= 1
    }
  }

  override async close(): Promise<void> {
    if (this.#loan.underWay === 0) this.#loan.options = null
    else await this.#end()
  }

  async #end(): Promise<void> {
    LentRunners.#kept = null
    await super.close()
  }
}

/** Who has the threads, and how many runs, questions and places are not over. */
interface Loan {
  options: PoolOptions | null
  underWay: number
}

/** What threads were started with, and keep to. */
function termsOf({ size, heapMb, hungAfter, recycleAfter, warmFrom }: PoolOptions): string {
  return JSON.stringify([size, heapMb, hungAfter, recycleAfter, warmFrom])
}

type Calls = Omit<PoolOptions, 'size' | 'heapMb' | 'hungAfter' | 'recycleAfter' | 'warmFrom'>

function callsOf(loan: Loan & { options: PoolOptions }): Calls {
  const over = () => (loan.underWay -= 1)
  return {
    ports: { ...loan.options.ports, quota: quotaOf(loan, over) },
    onFree: () => loan.options?.onFree(),
    onRunOver(message) {
      over()
      loan.options?.onRunOver(message)
    },
    onRunLost(token, reason) {
      over()
      loan.options?.onRunLost(token, reason)
    },
    onProgress: (message) => loan.options?.onProgress(message),
    onAlive: (token) => loan.options?.onAlive(token),
    onLog: (message) => loan.options?.onLog(message),
  }
}

function quotaOf(loan: Loan, over: () => void): Ports['quota'] {
  const now = () => {
    if (loan.options === null) throw new Error('These threads are lent to nobody')
    return loan.options.ports.quota
  }
  return {
    async acquire(...args) {
      loan.underWay += 1
      try {
        return await now().acquire(...args)
      } catch (error) {
        over()
        throw error
      }
    },
    release(...args) {
      over()
      now().release(...args)
    },
    spend: (...args) => now().spend(...args),
    afford: (...args) => now().afford(...args),
    told: (...args) => now().told(...args),
    refused: (...args) => now().refused(...args),
  }
}
