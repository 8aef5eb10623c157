import type { Call, Reply } from '../server/call.js'
import { ApiFault } from '../server/api_fault.js'
import { orgModules } from './org_modules.js'
import { renderField } from './render_field.js'
import { renderModule } from './render_module.js'

export function listModules({ org }: Call): Reply {
  const modules = orgModules.map((module, position) => renderModule(module, org.ids, position))
  return { status: 200, body: { modules } }
}

const MOST_FIELDS_PER_MODULE = 200

export function listFields({ org, query }: Call): Reply {
  const name = query.get('module')
  if (!name) {
    throw new ApiFault(400, 'REQUIRED_PARAM_MISSING', 'One of the expected parameter is missing', {
      param_name: 'module',
    })
  }
  const position = orgModules.findIndex((module) => module.apiName === name)
  if (position < 0 || !orgModules[position].isApiSupported) {
    throw new ApiFault(400, 'INVALID_MODULE', 'the module name given seems to be invalid')
  }
  const fields = orgModules[position].fields.map((field, at) =>
    renderField(field, {
      ids: org.ids,
      number: position * MOST_FIELDS_PER_MODULE + at,
      enforcesPicklists: org.options.strictPicklists,
    })
  )
  return { status: 200, body: { fields } }
}
