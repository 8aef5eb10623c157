import { createHash, randomBytes } from 'node:crypto'
import { column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { Identified } from '#domain/identified'
import { instant } from '#domain/instant'

const digest = (token: string) => createHash('sha256').update(token).digest('hex')

/** The one-time link by which the first operator makes their account. Only its digest is kept. */
export default class SetupLink extends Identified {
  @column()
  declare tokenHash: string

  @instant()
  declare expiresAt: DateTime

  @instant()
  declare usedAt: DateTime | null

  @instant()
  declare createdAt: DateTime

  static async issue(): Promise<string> {
    const token = randomBytes(24).toString('base64url')
    const now = DateTime.utc()
    await this.create({
      tokenHash: digest(token),
      createdAt: now,
      expiresAt: now.plus({ hours: 24 }),
    })
    return token
  }

  static findOpen(token: string): Promise<SetupLink | null> {
    return this.query()
      .where('tokenHash', digest(token))
      .whereNull('usedAt')
      .where('expiresAt', '>', Date.now())
      .first()
  }

  /** True for exactly one of any number of callers. */
  async use(): Promise<boolean> {
    const changed = await SetupLink.query()
      .where('id', this.id)
      .whereNull('usedAt')
      .update({ usedAt: Date.now() })
    return Number(changed) === 1
  }
}
