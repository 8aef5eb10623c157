import type Service from '#domain/services/service'
import { serviceText } from '#domain/services/service_text'
import TemplateLink from '#domain/services/template_link'

/** A service as a file, which `applyServiceFile` reads. */
export async function writeServiceFile(service: Service): Promise<string> {
  const { definition } = await service.currentRevision()
  const link = service.template === null ? null : await TemplateLink.find(service.id)
  return serviceText(definition, link === null ? undefined : `${service.template}@${link.version}`)
}
