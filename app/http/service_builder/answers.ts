export type {
  Field as BuilderField,
  MappingRow as BuilderRow,
  Schedule as BuilderSchedule,
  ServiceDefinition as BuilderDefinition,
  Value as BuilderValue,
} from '#sdk'
export type { DraftStream as BuilderStream } from '#domain/services/draft_stream'
export type { Problem as BuilderProblem } from '#engine/problem'
export type { FoundValues, MappingTrial as BuilderTrial } from '#workers/builder_queries'
export type { NewColumn, NewTable } from '#domain/services/new_table'
export type { FieldSample } from '#http/service_builder/sample_view'
export type { SlotRow } from '#http/service_builder/slots_view'
