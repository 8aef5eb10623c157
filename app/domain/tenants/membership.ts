import { column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import { Identified } from '#domain/identified'
import { instant } from '#domain/instant'

export const ROLES = ['viewer', 'operator', 'builder', 'admin'] as const
export type Role = (typeof ROLES)[number]

export default class Membership extends Identified {
  @column()
  declare tenantId: string

  @column()
  declare userId: string

  @column()
  declare role: Role

  @instant()
  declare createdAt: DateTime
}

/** Each role may do all that the roles before it may. */
export function roleReaches(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed)
}
