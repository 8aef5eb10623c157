import type { RecordValues } from '#sdk'
import { Misfit, type Converted } from './misfit.js'

/** Makes the target's values of a record; null where one of them is at fault. */
export type Shape = (source: RecordValues) => RecordValues | null

export interface ShapedField {
  name: string
  read: (source: RecordValues) => Converted
  /** The source field of which any text but an empty one is the value; null where only `read` knows. */
  copies: string | null
}

type Maker = (misfit: typeof Misfit, ...reads: Array<ShapedField['read']>) => Shape

/** By the names of the fields. Code that is made anew for each run would be optimised anew in each. */
const makers = new Map<string, Maker>()
const MOST_MAKERS = 200

/**
 * Reads fields in order into a record. Its code is put together once for a list of fields: a
 * record whose field names stand in the code is made and written as JSON in four fifths of the
 * time, and the mapping is the hottest place of a run.
 */
export function compileShape(fields: ShapedField[]): Shape {
  const code = codeOf(fields)
  const known = makers.get(code)
  if (known === undefined && makers.size >= MOST_MAKERS) makers.clear()
  const make = known ?? (new Function('Misfit', '...reads', code) as Maker)
  makers.set(code, make)
  return make(Misfit, ...fields.map(({ read }) => read))
}

/** Names are quoted, so that none can be code. */
function codeOf(fields: ShapedField[]): string {
  const reads = fields.map((_, index) => `r${index}`)
  const lines = fields.map((field, index) => lineOf(field, index))
  const faulty = fields.map((_, index) => `v${index} instanceof Misfit`)
  const entries = fields.map(({ name }, index) => `${quoted(name)}: v${index}`)
  return `const [${reads.join(', ')}] = reads
  return function shape(source) {
    ${lines.join('\n')}
    return ${['false', ...faulty].join(' || ')} ? null : { ${entries.join(', ')} }
  }`
}

function lineOf({ copies }: ShapedField, index: number): string {
  if (copies === null) return `const v${index} = r${index}(source)`
  const text = `s${index}`
  return `const ${text} = source[${JSON.stringify(copies)}]
    const v${index} = typeof ${text} === 'string' && ${text} !== '' ? ${text} : r${index}(source)`
}

/** As a plain name this one would set the prototype. */
function quoted(name: string): string {
  return name === '__proto__' ? '["__proto__"]' : JSON.stringify(name)
}
