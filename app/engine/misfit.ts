import type { Value } from '#sdk'

/** A value that cannot be what it should be. Returned, not thrown: bad values come in their thousands. */
export class Misfit {
  constructor(
    readonly code: string,
    /** Goes on after the value, for example "is not a decimal number". */
    readonly rule: string,
    readonly value: unknown
  ) {}
}

export interface RecordFault {
  code: string
  /** The target's field; null where the whole record is at fault. */
  field: string | null
  value: string | null
  message: string
}

const SHOWN = 120

export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text
}

export function faultOf(field: string, misfit: Misfit): RecordFault {
  const value = misfit.value === null || misfit.value === undefined ? null : shown(misfit.value)
  const said = value === null ? `${field} ${misfit.rule}` : `${field}: '${value}' ${misfit.rule}`
  return { code: misfit.code, field, value, message: said }
}

export type Converted = Value | Misfit
