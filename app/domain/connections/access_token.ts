import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import { instant } from '#domain/instant'
import { json } from '#domain/json_column'

/** A connection's access token, shared by all threads and processes, and the right to renew it. */
export default class AccessToken extends BaseModel {
  static override selfAssignPrimaryKey = true

  @column({ isPrimary: true })
  declare connectionId: string

  @column({ serializeAs: null })
  declare sealedToken: string | null

  @instant()
  declare expiresAt: DateTime | null

  @column()
  declare refreshLock: string | null

  @instant()
  declare refreshLockedUntil: DateTime | null

  /** When it was renewed lately, in milliseconds since the epoch. */
  @json()
  declare recentRefreshes: number[]

  /** Until when the vendor told to wait. */
  @instant()
  declare blockedUntil: DateTime | null

  /** Renewals stay counted, unless they were of another refresh token. */
  static async forget(connectionId: string, { isNewGrant = false } = {}): Promise<void> {
    const anew = { blockedUntil: null, recentRefreshes: '[]' }
    await this.query()
      .where('connectionId', connectionId)
      .update({ sealedToken: null, expiresAt: null, ...(isNewGrant ? anew : {}) })
  }

  static async of(connectionId: string): Promise<AccessToken> {
    return (await this.find(connectionId)) ?? this.#create(connectionId)
  }

  static async #create(connectionId: string): Promise<AccessToken> {
    try {
      return await this.create({
        connectionId,
        sealedToken: null,
        expiresAt: null,
        recentRefreshes: [],
      })
    } catch (error) {
      const made = await this.find(connectionId)
      if (made === null) throw error
      return made
    }
  }

  /** Takes the right to renew, for exactly one of any number of callers. */
  async lock(holder: string, milliseconds: number): Promise<boolean> {
    const now = Date.now()
    const changed = await AccessToken.query()
      .where('connectionId', this.connectionId)
      .where((query) => {
        query.whereNull('refreshLock').orWhere('refreshLockedUntil', '<', now)
      })
      .update({ refreshLock: holder, refreshLockedUntil: now + milliseconds })
    return Number(changed) === 1
  }

  async unlock(holder: string): Promise<void> {
    await AccessToken.query()
      .where('connectionId', this.connectionId)
      .where('refreshLock', holder)
      .update({ refreshLock: null, refreshLockedUntil: null })
  }
}
