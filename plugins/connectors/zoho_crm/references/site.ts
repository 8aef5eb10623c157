import type { Value } from '#sdk'
import type { Outgoing } from '../write/outgoing.js'
import type { Reference } from './reference.js'

/** A place in a record where a reference stands. */
export interface Site {
  outgoing: Outgoing
  /** The field of the record in which it lies. */
  field: string
  /** How a person calls the place. */
  called: string
  module: string
  reference: Reference
  put(value: Value): void
}
