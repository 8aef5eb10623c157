import { retain } from '#domain/runs/retain'
import { shrinkFile } from '#domain/runs/shrink_file'
import Tenant from '#domain/tenants/tenant'

const EVERY = 10 * 60_000

/** Keeps the history within its bounds, a portion of one tenant at each turn of the clock. */
export class RetentionKeeper {
  #waiting: string[] = []
  #begunAt: number | null = null

  async turn(now = Date.now()): Promise<void> {
    if (this.#begunAt === null || now - this.#begunAt >= EVERY) await this.#begin(now)
    // Taken off first: a tenant that fails must not hold up the others.
    const tenantId = this.#waiting.shift()
    if (tenantId === undefined) {
      await shrinkFile()
      return
    }
    const hasMore = await retain(tenantId, now)
    if (hasMore) this.#waiting.unshift(tenantId)
  }

  async #begin(now: number): Promise<void> {
    this.#begunAt = now
    if (this.#waiting.length > 0) return
    const tenants = await Tenant.query().select('id').orderBy('id')
    this.#waiting = tenants.map(({ id }) => id)
  }
}
