import Connection from '#domain/connections/connection'
import { describeStream } from '#domain/connections/stream_catalog'
import { Refusal } from '#domain/refusal'
import { inquire } from '#domain/runners'
import type DeadLetter from '#domain/runs/dead_letter'
import { editedValue } from '#domain/runs/edited_value'
import { openPayload } from '#domain/runs/letter_payload'
import Run from '#domain/runs/run'
import type Service from '#domain/services/service'
import type Tenant from '#domain/tenants/tenant'
import { compileMapping } from '#engine/compile_mapping'
import { keyOf } from '#engine/key'
import type { RecordValues, ServiceDefinition, StreamDescription } from '#sdk'
import type { TriedRecord } from '#workers/builder_queries'

/** A failed record with the source values that a person gave it. */
export interface Edit {
  letter: DeadLetter
  record: RecordValues
  /** As the source held it. */
  from: RecordValues
}
export interface RefusedEdit {
  letter: DeadLetter
  faults: string[]
}

interface Ground {
  definition: ServiceDefinition
  source: StreamDescription
  target: StreamDescription
}

/** Tells edits that the service's mapping takes from those it would refuse, in a runner's thread. */
export async function tryEdits(
  service: Service,
  tenant: Tenant,
  letters: DeadLetter[],
  texts: { [field: string]: string }
): Promise<{ sound: Edit[]; refused: RefusedEdit[] }> {
  const ground = await groundOf(service)
  const edits = letters.map((letter) => editOf(letter, tenant, texts, ground.source))
  await assertWhole(service, edits, ground)
  const records = edits.map(({ record }) => record)
  const trial = await inquire<'try'>({ ask: 'try', ...ground, records })
  if (trial.problems.length > 0) {
    const said = trial.problems.map(({ where, message }) => `${where}: ${message}`)
    throw new Refusal(`The mapping of "${service.name}" must be mended first`, said)
  }
  const judged = edits.map((edit, index) => ({ ...edit, faults: faultsOf(trial.records[index]) }))
  return {
    sound: judged.filter(({ faults }) => faults.length === 0),
    refused: judged.filter(({ faults }) => faults.length > 0),
  }
}

async function groundOf(service: Service): Promise<Ground> {
  const { definition } = await service.currentRevision()
  const [source, target] = [
    await Connection.findOrFail(service.sourceConnectionId),
    await Connection.findOrFail(service.targetConnectionId),
  ]
  return {
    definition,
    source: await describeStream(source, definition.source.stream),
    target: await describeStream(target, definition.target.stream),
  }
}

function editOf(
  letter: DeadLetter,
  tenant: Tenant,
  texts: { [field: string]: string },
  { key, fields }: StreamDescription
): Edit {
  const { source } = openPayload(letter, tenant)
  const typed = (name: string) => fields.find((field) => field.name === name)?.type ?? null
  const edited = Object.entries(texts)
    .filter(([name]) => !key.includes(name))
    .map(([name, text]) => [name, editedValue(text, source[name], typed(name))])
  const record: RecordValues = { ...source, ...Object.fromEntries(edited) }
  if (keyOf(record, key) !== letter.sourceKey) {
    throw new Refusal(`The record ${letter.sourceKey} was not kept whole: send it again instead`)
  }
  return { letter, record, from: source }
}

/** A mapping that has changed since may read what was not kept; that must not become empty in the target. */
async function assertWhole(service: Service, edits: Edit[], ground: Ground): Promise<void> {
  const current = await Run.query()
    .where('serviceId', service.id)
    .where('revision', service.revision)
    .whereIn('id', [...new Set(edits.map(({ letter }) => letter.runId))])
    .select('id')
  const late = edits.filter(({ letter }) => !current.some(({ id }) => id === letter.runId))
  if (late.length === 0) return
  const compiled = compileMapping(ground.definition, ground.source, ground.target)
  const wanted = compiled.ok ? compiled.mapping.sourceFields : []
  const missing = wanted.filter((field) => late.some(({ record }) => !(field in record)))
  if (missing.length === 0) return
  throw new Refusal(
    `The mapping has changed since, and reads what was not kept (${missing.join(', ')}): use "Send again" once, so that the source is read afresh`
  )
}

function faultsOf(tried: TriedRecord | undefined): string[] {
  if (tried === undefined) return ['The record could not be judged']
  if (tried.isFiltered) return ["The service's filter leaves the record out now"]
  return [...tried.cells.flatMap(({ fault }) => fault ?? []), ...tried.faults]
}
