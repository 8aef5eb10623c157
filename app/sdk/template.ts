import type { ServiceDefinition } from './service.js'

/** A connection that a template needs, by the role it plays. */
export interface TemplateRole {
  title: string
  /** Connectors that can play it. */
  connectors: string[]
}

/**
 * A ready-made service. In `service`, the connections are names of `roles`; whoever uses
 * the template says which connection plays which role.
 */
export interface Template {
  title: string
  description: string
  roles: { [role: string]: TemplateRole }
  service: ServiceDefinition
}

/** Declares a template. Data only. */
export function defineTemplate(template: Template): Template {
  return template
}
