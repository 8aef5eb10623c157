import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import { instant } from '#domain/instant'
import type Tenant from '#domain/tenants/tenant'

export const USUAL = { runDays: 90, letterDays: 365, mostBytes: null }

/** How long a tenant's history is kept, and how large it may grow. What is open is kept in any case. */
export default class Retention extends BaseModel {
  static override selfAssignPrimaryKey = true

  @column({ isPrimary: true })
  declare tenantId: string

  /** Runs and their calls, from their end. */
  @column()
  declare runDays: number

  /** Failed records, from when they were resolved. */
  @column()
  declare letterDays: number

  /** Null without a limit. */
  @column({ consume: (value) => (value === null ? null : Number(value)) })
  declare mostBytes: number | null

  /** What the history took when it was last measured. */
  @column({ consume: (value) => (value === null ? null : Number(value)) })
  declare bytes: number | null

  @instant()
  declare measuredAt: DateTime | null

  static async of({ id }: Pick<Tenant, 'id'>): Promise<Retention> {
    const found = await this.find(id)
    return found ?? new this().fill({ ...USUAL, tenantId: id, bytes: null, measuredAt: null })
  }
}
