import { ConnectorError } from '#sdk'
import type { ModuleMetadata } from './metadata.js'

/** The module of this name; where there is none, the error says which are near. */
export function chosenModule(modules: ModuleMetadata[], name: string): ModuleMetadata {
  const module = modules.find((each) => each.api_name === name)
  if (module) return module
  const near = modules.find(
    (each) =>
      each.api_name.toLowerCase() === name.toLowerCase() ||
      each.plural_label?.toLowerCase() === name.toLowerCase()
  )
  const known = modules.map((each) => each.api_name).join(', ')
  throw new ConnectorError(
    'config',
    `Zoho CRM has no module "${name}" for the authorised user. ` +
      (near ? `Did you mean "${near.api_name}"?` : `It has: ${known}.`)
  )
}
