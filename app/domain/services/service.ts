import { belongsTo, column, hasMany } from '@adonisjs/lucid/orm'
import type { BelongsTo, HasMany } from '@adonisjs/lucid/types/relations'
import type { DateTime } from 'luxon'
import type { Value } from '#sdk'
import Connection from '#domain/connections/connection'
import { Identified } from '#domain/identified'
import { instant } from '#domain/instant'
import { json } from '#domain/json_column'
import Revision from '#domain/services/revision'

export type ServiceState = 'enabled' | 'paused' | 'archived'

export default class Service extends Identified {
  @column()
  declare tenantId: string

  @column()
  declare name: string

  @column()
  declare kind: 'import' | 'export'

  @column()
  declare state: ServiceState

  @column()
  declare stateReason: string | null

  @column()
  declare sourceConnectionId: string

  @column()
  declare targetConnectionId: string

  @column()
  declare template: string | null

  /** Number of the revision that new runs use. */
  @column()
  declare revision: number

  /** How far an incremental service has read: the high-water mark of its last whole run. */
  @json()
  declare position: Value

  @instant()
  declare createdAt: DateTime

  @instant()
  declare updatedAt: DateTime

  @belongsTo(() => Connection, { foreignKey: 'sourceConnectionId' })
  declare source: BelongsTo<typeof Connection>

  @belongsTo(() => Connection, { foreignKey: 'targetConnectionId' })
  declare target: BelongsTo<typeof Connection>

  @hasMany(() => Revision)
  declare revisions: HasMany<typeof Revision>

  currentRevision(): Promise<Revision> {
    return Revision.query().where('serviceId', this.id).where('number', this.revision).firstOrFail()
  }
}
