/**
 * A plain value, as it crosses the border between a connector and the engine.
 *
 * - integers within ±2^53 are numbers; larger ones and decimals are strings ("12.50")
 * - dates are "2026-11-20"; instants are ISO 8601 with an offset ("2026-11-20T09:30:00Z")
 * - bytes are base64 strings
 *
 * `undefined`, `NaN`, `Date`, `bigint` and class instances never cross.
 */
export type Value = string | number | boolean | null | Value[] | { [name: string]: Value }

/** One item of a stream: field name to value. A field that was not read is absent. */
export type RecordValues = { [field: string]: Value }

/** Plain data that only the connector understands; stored and handed back unchanged. */
export type Json = Value
