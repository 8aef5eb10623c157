import { ApiFault } from '../server/api_fault.js'
import { orgModules } from './org_modules.js'

export function findModule(name: string | null, details: Record<string, unknown> = {}) {
  if (!name) {
    throw new ApiFault(400, 'REQUIRED_PARAM_MISSING', 'One of the expected parameter is missing', {
      param_name: 'module',
    })
  }
  const position = orgModules.findIndex((module) => module.apiName === name)
  if (position >= 0 && orgModules[position].isApiSupported) {
    return { module: orgModules[position], position }
  }
  throw new ApiFault(
    400,
    'INVALID_MODULE',
    'the module name given seems to be invalid',
    Object.keys(details).length > 0 ? details : { param_name: 'module' }
  )
}
