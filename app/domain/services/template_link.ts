import { BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { instant } from '#domain/instant'
import { json } from '#domain/json_column'
import type { ServiceDefinition } from '#sdk'

/** Which version of its template a service is at, and what that version said: what both later change is compared with. */
export default class TemplateLink extends BaseModel {
  static override selfAssignPrimaryKey = true
  static override table = 'template_links'

  @column({ isPrimary: true })
  declare serviceId: string

  @column()
  declare version: string

  @json()
  declare base: ServiceDefinition

  @instant()
  declare updatedAt: DateTime

  static async keep(serviceId: string, version: string, base: ServiceDefinition): Promise<void> {
    const updatedAt = DateTime.utc()
    await TemplateLink.updateOrCreate({ serviceId }, { version, base, updatedAt })
  }
}
