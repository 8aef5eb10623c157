import {
  ConnectorError,
  type RecordValues,
  type StreamDescription,
  type Value,
  type WriteBatch,
} from '#sdk'
import { recordKey } from './record_key.js'

export const PLACEHOLDER = /\{\{\s*([\w.-]+)\s*\}\}/g
const OWN = ['_id', '_key']

/** Throws `config` where a placeholder is no field of the list. */
export function checkPlaceholders(text: string, stream: StreamDescription, where: string): void {
  const names = stream.fields.map((field) => field.name)
  for (const [, name] of text.matchAll(PLACEHOLDER)) {
    if (names.includes(name) || OWN.includes(name)) continue
    throw new ConnectorError(
      'config',
      `{{${name}}} in the ${where} is no field of ${stream.name}; there are: ${[...names, ...OWN].join(', ')}.`
    )
  }
}

/** What placeholders of a record stand for. */
export function valuesOf(batch: WriteBatch, index: number): RecordValues {
  return {
    ...batch.records[index],
    _id: batch.ids[index],
    _key: recordKey(batch, index),
  }
}

export function textOf(value: Value | undefined): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
