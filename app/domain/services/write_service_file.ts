import { stringify } from 'yaml'
import type Service from '#domain/services/service'
import TemplateLink from '#domain/services/template_link'

/** A service as a file, which `applyServiceFile` reads. */
export async function writeServiceFile(service: Service): Promise<string> {
  const { definition } = await service.currentRevision()
  const link = service.template === null ? null : await TemplateLink.find(service.id)
  const template = link === null ? {} : { template: `${service.template}@${link.version}` }
  return stringify({ ...template, ...definition }, { lineWidth: 100 })
}
