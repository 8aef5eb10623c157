import { column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { Identified } from '#domain/identified'
import { instant } from '#domain/instant'
import { isTaken } from '#domain/is_taken'
import { isSameRefusal, slowed } from '#domain/limits/pace'
import type { Pace } from '#domain/limits/pace'

const whole = { consume: (value: unknown) => (value === null ? null : Number(value)) }

/** What a vendor has said of an account: the credits left, and how many calls it lets pass. */
export default class OrgLimit extends Identified {
  static override table = 'org_limits'

  @column()
  declare org: string

  /** Empty for the account as a whole. */
  @column()
  declare lane: string

  @column(whole)
  declare remaining: number | null

  @instant()
  declare toldAt: DateTime | null

  @column(whole)
  declare allowed: number | null

  @instant()
  declare slowedAt: DateTime | null

  get pace(): Pace | null {
    if (this.allowed === null || this.slowedAt === null) return null
    return { allowed: this.allowed, since: this.slowedAt.toMillis() }
  }

  static async of(org: string, lane = ''): Promise<OrgLimit> {
    const found = await this.query().where('org', org).where('lane', lane).first()
    if (found !== null) return found
    const blank = { remaining: null, toldAt: null, allowed: null, slowedAt: null }
    try {
      return await this.create({ org, lane, ...blank })
    } catch (error) {
      if (!isTaken(error)) throw error
      return this.query().where('org', org).where('lane', lane).firstOrFail()
    }
  }

  /** Keeps the latest word only. */
  static async tell(org: string, remaining: number, at: number): Promise<void> {
    const { id } = await this.of(org)
    await this.query()
      .where('id', id)
      .where((query) => query.whereNull('toldAt').orWhere('toldAt', '<', at))
      .update({ remaining, toldAt: at })
  }

  /** Several servers hear of the same refusal: the first one slows the account down. */
  static async slow(org: string, lane: string, limit: number, now: number): Promise<void> {
    const row = await this.of(org, lane)
    if (isSameRefusal(row.pace, now)) return
    const { allowed, since } = slowed(row.pace, limit, now)
    await this.query()
      .where('id', row.id)
      .where((query) => {
        if (row.slowedAt === null) query.whereNull('slowedAt')
        else query.where('slowedAt', row.slowedAt.toMillis())
      })
      .update({ allowed, slowedAt: since })
  }
}
