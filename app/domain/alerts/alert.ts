import { column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import { Identified } from '#domain/identified'
import { instant } from '#domain/instant'
import { json } from '#domain/json_column'

export const ALERT_KINDS = [
  'failed',
  'partial',
  'overdue',
  'silent',
  'held',
  'paused',
  'connection',
  'credits',
] as const
export type AlertKind = (typeof ALERT_KINDS)[number]

/** What an alert is about, as far as a page can show it. */
export interface Subject {
  noun: 'service' | 'connection'
  id: string
  name: string
}

/** One trouble of a tenant, however often and wherever it shows. */
export default class Alert extends Identified {
  @column()
  declare tenantId: string

  @column()
  declare kind: AlertKind

  /** Null once it is over. */
  @column()
  declare openKey: string | null

  @column()
  declare title: string

  @column()
  declare detail: string

  @json()
  declare subjects: Subject[]

  @column()
  declare count: number

  /** The count when it was told last. */
  @column()
  declare toldCount: number

  @instant()
  declare firstAt: DateTime

  @instant()
  declare lastAt: DateTime

  @instant()
  declare toldAt: DateTime | null

  /** A process is telling it until then. */
  @instant()
  declare claimedUntil: DateTime | null

  @instant()
  declare closedAt: DateTime | null
}
