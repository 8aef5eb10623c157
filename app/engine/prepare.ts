import { ConnectorError, type StreamDescription } from '#sdk'
import { compileFilter } from './filter.js'
import { compileMapping } from './compile_mapping.js'
import type { Expression } from './expression.js'
import type { SyncInput } from './sync_input.js'
import { hashSuffixOf, type Transform } from './transform.js'
import { compileValidator } from './validate.js'
import { viewOf } from './view_of.js'
import { purposeOf } from './writes_of.js'

export interface Prepared {
  transform: Transform
  filter: Expression | null
  /** The source fields that anything reads. */
  used: string[]
}

/** Compiles a definition for its run. A mistake in it ends the run before a record is read. */
export function prepare(
  input: Pick<SyncInput, 'definition' | 'source' | 'target' | 'world'>
): Prepared {
  const { definition, source, target, world } = input
  const compiled = compileMapping(definition, source.stream, target.stream)
  if (!compiled.ok) {
    const said = compiled.problems.map(({ where, message }) => `${where}: ${message}`)
    throw new ConnectorError('config', said.join(' '))
  }
  if (viewOf(source.stream, definition.source.view) === undefined) {
    const message = `'${source.stream.name}' has no view '${definition.source.view}' any more.`
    throw new ConnectorError('config', `source.view: ${message}`)
  }
  const filter = compileFilter(definition.source.filter, source.stream)
  if (!filter.ok) throw new ConnectorError('config', `source.filter: ${filter.message}`)
  const { mapping } = compiled
  const { match, operation } = definition.target
  const mapped = mapping.rows.map((row) => row.field.name)
  const idColumn = match.by === 'id' ? (match.column ?? null) : null
  const hash = (text: string): string => world.hash(text)
  const versionFields =
    operation === 'delete' ? versionOf(source.stream, filter.expression?.fields ?? []) : null
  const transform: Transform = {
    filter: filter.test,
    mapping,
    validate: compileValidator(target.stream, purposeOf(definition.target), mapped),
    keyFields: source.stream.key,
    matchFields: match.by === 'fields' ? match.fields : null,
    idColumn,
    hashSuffix: hashSuffixOf(definition, target.stream, hash),
    versionFields,
    hash,
  }
  const used = [...mapping.sourceFields, ...(filter.expression?.fields ?? [])]
  if (idColumn !== null) used.push(idColumn)
  if (versionFields !== null) used.push(...versionFields)
  return { transform, filter: filter.expression, used }
}

/** A record that comes back after it was deleted has changed in one of these. */
function versionOf({ cursors }: StreamDescription, filtered: string[]): string[] {
  return [...new Set([...cursors, ...filtered])]
}
