import type { HttpContext } from '@adonisjs/core/http'
import Connection from '#domain/connections/connection'
import { selectableServices } from '#domain/selections/selectable_services'
import SelectionRun from '#domain/selections/selection_run'
import type Service from '#domain/services/service'
import { notFound } from '#http/exceptions/not_found'
import { instantText } from '#http/instant_text'
import type { SelectableService, SelectionView } from '#http/selections/selection_view'
import { viewExecution } from '#http/selections/execution_view'
import { viewSelectionPreview } from '#http/selections/selection_preview'

/** The dashboard of one selection: its services, and of the chosen one what it would do or has done. */
export async function viewDashboard(ctx: HttpContext) {
  const { selection, request, params, inertia } = ctx
  const services = await selectableServices(selection)
  const service = chosenOf(services, request.qs().service)
  const run = service === null ? null : await SelectionRun.runOf(selection.id, service.id)
  const isExpired = selection.isExpired()
  const { name, account } = await Connection.findOrFail(selection.connectionId)
  const { module, ids, userName, expiresAt } = selection
  const view: SelectionView = {
    ...{ token: String(params.token), module, records: ids.length, user: userName, isExpired },
    org: account ?? name,
    expiresAt: instantText(expiresAt),
  }
  const mayPreview = service !== null && run === null && !isExpired
  return {
    selection: view,
    services: services.map(viewSelectable),
    chosen: service?.id ?? null,
    execution: service === null || run === null ? null : await viewExecution(run, selection),
    ...(mayPreview
      ? { preview: inertia.defer(() => viewSelectionPreview(selection, service), { rescue: true }) }
      : {}),
  }
}

/** A single service needs no choice. */
function chosenOf(services: Service[], wanted: unknown): Service | null {
  if (wanted === undefined) return services.length === 1 ? (services[0] ?? null) : null
  const found = services.find(({ id }) => id === wanted)
  if (found === undefined) throw notFound()
  return found
}

function viewSelectable({ id, name, state, stateReason, target }: Service): SelectableService {
  const why = stateReason === null ? '' : `: ${stateReason}`
  return { id, name, target: target.name, trouble: state === 'enabled' ? null : `${state}${why}` }
}
