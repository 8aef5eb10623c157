import type { RecordValues } from '#sdk'
import type { Mapping } from './compile_mapping.js'
import { faultOf, Misfit, type RecordFault } from './misfit.js'

/** The target's values of a record. Those at fault are left out, and what is wrong with them is added to `faults`. */
export function mapRecord(
  source: RecordValues,
  mapping: Pick<Mapping, 'rows' | 'shape' | 'blank'>,
  faults: RecordFault[]
): RecordValues {
  const whole = mapping.shape(source)
  if (whole !== null) return whole
  const target = { ...mapping.blank }
  for (const { field, read } of mapping.rows) {
    const value = read(source)
    if (value instanceof Misfit) {
      faults.push(faultOf(field.name, value))
      delete target[field.name]
    } else target[field.name] = value
  }
  return target
}
