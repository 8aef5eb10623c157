import { BaseModel, beforeCreate, column } from '@adonisjs/lucid/orm'
import { v7 as uuid } from 'uuid'

/** A model whose id is a UUIDv7, so that ids sort by time on both databases. */
export class Identified extends BaseModel {
  static override selfAssignPrimaryKey = true

  @column({ isPrimary: true })
  declare id: string

  @beforeCreate()
  static assignId(model: Identified) {
    model.id ??= uuid()
  }
}
