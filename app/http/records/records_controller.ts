import type { HttpContext } from '@adonisjs/core/http'
import { tellRecord } from '#domain/runs/record_story'
import Service from '#domain/services/service'
import { viewRecord } from '#http/records/record_view'

const LONGEST = 255

/** Everything that ever happened to one record, whichever services it went through. */
export default class RecordsController {
  async index({ inertia, request, role, tenant }: HttpContext) {
    const asked: unknown = request.qs().key
    const key = typeof asked === 'string' && asked.trim() !== '' ? asked.slice(0, LONGEST) : null
    if (key === null) return inertia.render('records/index', { asked: key, record: null })
    const services = await Service.query().where('tenantId', tenant.id).select('id', 'name')
    const story = await tellRecord(tenant.id, key)
    const record = viewRecord(story, services, role)
    return inertia.render('records/index', { asked: key, record })
  }
}
