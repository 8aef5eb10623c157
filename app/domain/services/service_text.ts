import { stringify } from 'yaml'
import type { ServiceDefinition } from '#sdk'

/**
 * A definition as the YAML that `parseServiceFile` reads.
 * @param template its template with the version, where it has one
 */
export function serviceText(definition: ServiceDefinition, template?: string): string {
  const first = template === undefined ? {} : { template }
  return stringify({ ...first, ...definition }, { lineWidth: 100 })
}
