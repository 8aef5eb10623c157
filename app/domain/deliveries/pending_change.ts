import { column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import type { ChangeKind } from '#sdk'
import { Identified } from '#domain/identified'
import { instant } from '#domain/instant'

/**
 * `waiting` for a run, in a `running` one, `done`, or in one that a person `cancelled`; `deleted`
 * is noted and no more; an `echo` is a change that we made ourselves.
 */
export type PendingState = 'waiting' | 'running' | 'done' | 'cancelled' | 'deleted' | 'echo'

/** A record that changed, for one service that follows its stream. However often, it is one row. */
export default class PendingChange extends Identified {
  @column()
  declare tenantId: string

  @column()
  declare channelId: string

  @column()
  declare serviceId: string

  @column()
  declare sourceKey: string

  @column()
  declare kind: ChangeKind

  @column()
  declare state: PendingState

  /** Who told of it last. */
  @column()
  declare origin: 'notice' | 'sweep'

  /** How often it was told of since it was last dealt with. */
  @column()
  declare times: number

  /** Runs that ended without having dealt with it. */
  @column()
  declare tries: number

  @instant()
  declare firstSeenAt: DateTime

  @instant()
  declare lastSeenAt: DateTime

  @instant()
  declare coveredUntil: DateTime | null

  @instant()
  declare notBefore: DateTime

  @column()
  declare runId: string | null
}
