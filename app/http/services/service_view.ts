import { stringify } from 'yaml'
import type { ServiceDefinition } from '#sdk'
import type Connection from '#domain/connections/connection'
import { flagText } from '#domain/services/flag_text'
import { matchText } from '#domain/services/match_text'
import type Revision from '#domain/services/revision'
import type Service from '#domain/services/service'
import type { ServiceState } from '#domain/services/service'
import { connectorOf } from '#http/connections/connectors'
import { instantText } from '#http/instant_text'
import { viewMappingRow } from '#http/services/mapping_view'
import type { MappingLine } from '#http/services/mapping_view'
import { scheduleText } from '#domain/services/schedule_text'

export type EndView = {
  connection: string
  connector: string
  icon: string
  stream: string
  health: string
}

export type ServiceRow = {
  id: string
  name: string
  kind: string
  state: ServiceState
  stateReason: string | null
  revision: number
  source: EndView
  target: EndView
  schedule: string | null
}

export type ServiceView = ServiceRow & {
  template: string | null
  filter: string | null
  view: string | null
  operation: string
  match: string
  /** Whether that says too what becomes of what is found and of what is not. */
  isSearched: boolean
  incremental: string | null
  /** The field of the source that says what has arrived, and what it holds then. */
  flag: string | null
  mapping: MappingLine[]
  updatedAt: string | null
}

export type RevisionRow = {
  number: number
  isCurrent: boolean
  note: string | null
  createdBy: string | null
  createdAt: string | null
  yaml: string
}

function viewEnd(connection: Connection, stream: string): EndView {
  const { title, icon } = connectorOf(connection.connector)
  return { connection: connection.name, connector: title, icon, stream, health: connection.health }
}

/** What starts a service beside a hand; null where nothing does. */
function startsText({ schedule, trigger }: ServiceDefinition): string | null {
  const texts = [scheduleText(schedule), trigger ? 'when records change in the source' : null]
  return texts.filter((text) => text !== null).join('; ') || null
}

/** Source and target must be loaded. */
export function viewServiceRow(service: Service, definition: ServiceDefinition): ServiceRow {
  const { id, name, kind, state, stateReason, revision } = service
  return {
    ...{ id, name, kind, state, stateReason, revision },
    source: viewEnd(service.source, definition.source.stream),
    target: viewEnd(service.target, definition.target.stream),
    schedule: startsText(definition),
  }
}

export function viewService(service: Service, definition: ServiceDefinition): ServiceView {
  const { incremental, source, target } = definition
  return {
    ...viewServiceRow(service, definition),
    template: service.template && connectorOf(service.template).title,
    filter: source.filter ?? null,
    view: source.view ?? null,
    operation: target.operation,
    match: matchText(target.match),
    isSearched: target.match.by === 'search',
    flag: source.flag ? flagText(source.flag) : null,
    incremental: incremental ? `${incremental.by}, by ${incremental.column}` : null,
    mapping: definition.mapping.map(viewMappingRow),
    updatedAt: instantText(service.updatedAt),
  }
}

export function viewRevision(
  revision: Revision,
  current: number,
  names: Map<string, string>
): RevisionRow {
  return {
    number: revision.number,
    isCurrent: revision.number === current,
    note: revision.note,
    createdBy: revision.createdBy ? (names.get(revision.createdBy) ?? null) : null,
    createdAt: instantText(revision.createdAt),
    yaml: stringify(revision.definition, { lineWidth: 100 }),
  }
}
