import type { RecordValues } from '#sdk'
import { Misfit, type Converted } from './misfit.js'

/** Makes the target's values of a record; null where one of them is at fault. */
export type Shape = (source: RecordValues) => RecordValues | null

export interface ShapedField {
  name: string
  read: (source: RecordValues) => Converted
}

/**
 * Reads fields in order into a record. Its code is put together once for each mapping: a record
 * whose field names stand in the code is made and written as JSON in four fifths of the time,
 * and the mapping is the hottest place of a run. Names are quoted, so that none can be code.
 */
export function compileShape(fields: ShapedField[]): Shape {
  const values = fields.map((_, index) => `v${index}`)
  const reads = fields.map((_, index) => `r${index}`)
  const lines = values.map((value, index) => `const ${value} = ${reads[index]}(source)`)
  const faulty = values.map((value) => `${value} instanceof Misfit`)
  const entries = fields.map(({ name }, index) => `${quoted(name)}: ${values[index]}`)
  const body = `return function shape(source) {
    ${lines.join('\n')}
    return ${['false', ...faulty].join(' || ')} ? null : { ${entries.join(', ')} }
  }`
  const make = new Function('Misfit', ...reads, body) as (...args: unknown[]) => Shape
  return make(Misfit, ...fields.map(({ read }) => read))
}

/** As a plain name this one would set the prototype. */
function quoted(name: string): string {
  return name === '__proto__' ? '["__proto__"]' : JSON.stringify(name)
}
