import type { IdSource } from '../store/id_source.js'
import { idNumbers } from './id_numbers.js'

/** The id of a module's one layout. */
export const layoutId = (ids: IdSource, modulePosition: number) =>
  ids.fixed(idNumbers.layouts + modulePosition)
