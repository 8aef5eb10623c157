import type { RecordValues, Value } from '#sdk'
import type { Mapping } from './compile_mapping.js'
import { faultOf, Misfit, type RecordFault } from './misfit.js'

/** The target's values of a record. Those at fault are left out, and what is wrong with them is added to `faults`. */
export function mapRecord(
  source: RecordValues,
  mapping: Pick<Mapping, 'rows' | 'shape'>,
  faults: RecordFault[]
): RecordValues {
  const whole = mapping.shape(source)
  if (whole !== null) return whole
  const sound: Array<[name: string, value: Value]> = []
  for (const { field, read } of mapping.rows) {
    const value = read(source)
    if (value instanceof Misfit) faults.push(faultOf(field.name, value))
    else sound.push([field.name, value])
  }
  return Object.fromEntries(sound)
}
