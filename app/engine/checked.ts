import type { Route, Search, ServiceDefinition, SettingField, StreamDescription } from '#sdk'

/** A definition with all that it is held against. */
export interface Checked {
  definition: ServiceDefinition
  source: StreamDescription
  target: StreamDescription
  routes: Route[]
  options: SettingField[]
  /** Absent where the target cannot be searched. */
  search?: Search
  /** Whether records of the source can be flagged. */
  canFlag?: boolean
}
