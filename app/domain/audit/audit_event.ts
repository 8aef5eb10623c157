import { createHash } from 'node:crypto'
import { column } from '@adonisjs/lucid/orm'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import type { Value } from '#sdk'
import { Identified } from '#domain/identified'
import { instant } from '#domain/instant'
import { json } from '#domain/json_column'

const FIRST_HASH = '0'.repeat(64)

export interface AuditEntry {
  tenantId: string | null
  userId: string | null
  /** Noun and past participle, for example "service.applied". */
  action: string
  subject: string
  detail?: { [name: string]: Value }
}

/** Who did what to what. Each event holds the hash of the one before it, so that none can be altered or removed unseen. */
export default class AuditEvent extends Identified {
  @column()
  declare number: number

  @column()
  declare tenantId: string | null

  @column()
  declare userId: string | null

  @column()
  declare action: string

  @column()
  declare subject: string

  @json()
  declare detail: { [name: string]: Value }

  @column()
  declare previousHash: string

  @column()
  declare hash: string

  @instant()
  declare createdAt: DateTime

  /** The number is unique, so that two writers cannot follow the same event; the later one tries again. */
  static async record(entry: AuditEntry, triesLeft = 5): Promise<void> {
    try {
      await db.transaction(async (trx) => {
        const last = await this.query({ client: trx }).orderBy('number', 'desc').first()
        const event = new this().useTransaction(trx).fill({
          ...entry,
          detail: entry.detail ?? {},
          number: (last?.number ?? 0) + 1,
          previousHash: last?.hash ?? FIRST_HASH,
          createdAt: DateTime.utc(),
        })
        event.hash = event.computeHash()
        await event.save()
      })
    } catch (error) {
      if (triesLeft === 0) throw error
      await this.record(entry, triesLeft - 1)
    }
  }

  /** The number of the first event that does not fit the one before it; null when the chain is whole. */
  static async findBreak(): Promise<number | null> {
    let previous = FIRST_HASH
    for (const event of await this.query().orderBy('number')) {
      if (event.previousHash !== previous || event.hash !== event.computeHash()) return event.number
      previous = event.hash
    }
    return null
  }

  computeHash(): string {
    const content = [
      this.number,
      this.tenantId,
      this.userId,
      this.action,
      this.subject,
      this.detail,
      this.createdAt.toMillis(),
      this.previousHash,
    ]
    return createHash('sha256').update(JSON.stringify(content)).digest('hex')
  }
}
