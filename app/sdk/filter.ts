import type { Value } from './record.js'

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>='

/**
 * A condition as data. `=` and `!=` compare exactly (case and null included:
 * null equals null only, and `!=` keeps records whose field is null); the ordered
 * comparisons are false for null.
 */
export type Filter =
  | { field: string; op: Comparison; value: Value }
  | { field: string; op: 'in'; values: Value[] }
  | { all: Filter[] }
  | { any: Filter[] }
