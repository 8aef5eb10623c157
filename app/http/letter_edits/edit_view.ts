import KnownStream from '#domain/connections/stream_catalog'
import type DeadLetter from '#domain/runs/dead_letter'
import { valueText } from '#domain/runs/edited_value'
import { openPayload } from '#domain/runs/letter_payload'
import type Service from '#domain/services/service'
import type Tenant from '#domain/tenants/tenant'
import type { MappingRow } from '#sdk'

/** A source field of a failed record, as its form shows it. */
export type EditField = {
  name: string
  title: string
  text: string
  isKey: boolean
  /** The target field at fault is made from it. */
  isSuspect: boolean
}

export async function viewEdit(
  letter: DeadLetter,
  service: Service,
  tenant: Tenant
): Promise<EditField[]> {
  const { definition } = await service.currentRevision()
  const known = await KnownStream.query()
    .where('connectionId', service.sourceConnectionId)
    .where('name', definition.source.stream)
    .first()
  const { key = [], fields = [] } = known?.description ?? {}
  const suspects = sourcesOf(definition.mapping.find(({ to }) => to === letter.field))
  return Object.entries(openPayload(letter, tenant).source).map(([name, value]) => ({
    name,
    title: fields.find((field) => field.name === name)?.label ?? name,
    text: valueText(value),
    isKey: key.includes(name),
    isSuspect: suspects.includes(name),
  }))
}

/** The source fields that a row of the mapping reads. */
function sourcesOf(row: MappingRow | undefined): string[] {
  if (row === undefined) return []
  const inFormulas = [...JSON.stringify(row).matchAll(/source\.(\w+)/g)].map(([, name]) => name!)
  return row.from === undefined ? inFormulas : [row.from, ...inFormulas]
}
