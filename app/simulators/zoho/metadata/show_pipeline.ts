import { ApiFault } from '../server/api_fault.js'
import type { Call, Reply } from '../server/call.js'
import { idNumbers } from './id_numbers.js'
import { layoutId } from './layout_id.js'
import { orgModules } from './org_modules.js'

function forecastOf(stage: string) {
  if (stage === 'Closed Won') return 'Closed Won'
  return stage.startsWith('Closed') ? 'Closed Lost' : 'Open'
}

function renderStages({ org: { ids } }: Call, stages: readonly string[]) {
  return stages.map((stage, at) => ({
    id: ids.fixed(idNumbers.pipelines + 1 + at),
    display_value: stage,
    actual_value: stage,
    sequence_number: at + 1,
    forecast_type: forecastOf(stage),
    forecast_category: { name: forecastOf(stage) === 'Open' ? 'Pipeline' : 'Closed', id: null },
    delete: false,
  }))
}

/** The stages of Deals, which alone have a pipeline. */
export function showPipeline(call: Call): Reply {
  const { org, query } = call
  const layout = query.get('layout_id')
  if (layout === null) {
    throw new ApiFault(400, 'REQUIRED_PARAM_MISSING', 'One of the expected parameter is missing', {
      param_name: 'layout_id',
    })
  }
  const position = orgModules.findIndex(({ apiName }) => apiName === 'Deals')
  if (layout !== layoutId(org.ids, position)) {
    throw new ApiFault(400, 'INVALID_DATA', 'the id given seems to be invalid', {
      param_name: 'layout_id',
    })
  }
  const stage = orgModules[position].fields.find(({ apiName }) => apiName === 'Stage')
  const pipeline = {
    id: org.ids.fixed(idNumbers.pipelines),
    display_value: 'Standard (Standard)',
    actual_value: 'Standard (Standard)',
    default: true,
    child_available: false,
    parent: null,
    maps: renderStages(call, stage?.values ?? []),
  }
  return { status: 200, body: { pipeline: [pipeline] } }
}
