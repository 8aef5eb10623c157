import { join } from 'node:path'
import type { HttpContext } from '@adonisjs/core/http'
import AuditEvent from '#domain/audit/audit_event'
import { listFiles, removeFile, tenantFolder } from '#domain/connections/tenant_folder'
import { fileFault } from '#http/files/file_fault'
import { removeSideFiles, withoutSideFiles } from '#http/files/side_files'
import { notFound } from '#http/exceptions/not_found'
import { instantText } from '#http/instant_text'

/** Files of the tenant, which connectors of files read. */
export default class FilesController {
  async index({ inertia, tenant }: HttpContext) {
    const files = withoutSideFiles(await listFiles(tenant.id))
    return inertia.render('connections/files', {
      files: files.map(({ name, bytes, changedAt }) => ({
        ...{ name, bytes },
        changedAt: instantText(changedAt),
      })),
    })
  }

  async show({ auth, params, response, tenant }: HttpContext) {
    const name = String(params.file)
    const known = await listFiles(tenant.id)
    if (!known.some((file) => file.name === name)) throw notFound()
    await AuditEvent.record({
      tenantId: tenant.id,
      userId: auth.getUserOrFail().id,
      action: 'file.downloaded',
      subject: name,
    })
    response.header('x-content-type-options', 'nosniff')
    response.type('application/octet-stream')
    return response.attachment(join(await tenantFolder(tenant.id), name), name)
  }

  async store(ctx: HttpContext) {
    const { auth, request, response, session, tenant } = ctx
    const file = request.file('file', { size: '48mb' })
    const known = await listFiles(tenant.id)
    const replaces = request.input('replaces') === '1'
    const fault = fileFault(file, replaces ? [] : known)
    if (file === null || fault !== null) {
      session.flash('inputErrorsBag', { file: fault })
      return response.redirect().withQs().back()
    }
    const name = file.clientName
    await removeSideFiles(tenant.id, name)
    await file.move(await tenantFolder(tenant.id), { name, overwrite: true })
    await AuditEvent.record({
      tenantId: tenant.id,
      userId: auth.getUserOrFail().id,
      action: 'file.uploaded',
      subject: name,
      detail: { bytes: file.size },
    })
    session.flash('notice', { kind: 'success', text: `The file "${name}" is uploaded.` })
    return response.redirect().withQs().back()
  }

  async destroy({ auth, params, response, session, tenant }: HttpContext) {
    const name = String(params.file)
    if (!(await removeFile(tenant.id, name))) throw notFound()
    await removeSideFiles(tenant.id, name)
    await AuditEvent.record({
      tenantId: tenant.id,
      userId: auth.getUserOrFail().id,
      action: 'file.deleted',
      subject: name,
    })
    session.flash('notice', { kind: 'success', text: `The file "${name}" is deleted.` })
    return response.redirect().withQs().back()
  }
}
