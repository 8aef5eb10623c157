import { ConnectorError, type RecordValues, type StreamDescription, type Value } from '#sdk'
import { checkPlaceholders, PLACEHOLDER, textOf } from './placeholders.js'

export type Fill = (values: RecordValues) => Value

/**
 * The template is JSON before a value comes near it, so no value can be anything but a value.
 * Null where there is no template.
 */
export function bodyTemplate(text: string, stream: StreamDescription): Fill | null {
  if (text === '') return null
  checkPlaceholders(text, stream, 'body')
  const shape = parseTemplate(text, 'body')
  return (values) => filled(shape, values)
}

/** Puts the records where the envelope has them. */
export function envelopeOf(text: string): (records: Value) => Value {
  if (text === '') return (records) => records
  const shape = parseTemplate(text, 'envelope')
  if (!JSON.stringify(shape).includes('"{{records}}"')) {
    throw new ConnectorError('config', 'The envelope has no "{{records}}" for the list.')
  }
  return (records) => filled(shape, { records })
}

function parseTemplate(text: string, what: string): Value {
  try {
    return JSON.parse(text) as Value
  } catch (cause) {
    const cure = 'Placeholders stand in quotes, such as {"mail": "{{email}}"}.'
    throw new ConnectorError('config', `The ${what} is no JSON. ${cure}`, { cause })
  }
}

function filled(shape: Value, values: RecordValues): Value {
  if (typeof shape === 'string') return filledText(shape, values)
  if (Array.isArray(shape)) return shape.map((each) => filled(each, values))
  if (typeof shape !== 'object' || shape === null) return shape
  return Object.fromEntries(
    Object.entries(shape).map(([name, each]) => [name, filled(each, values)])
  )
}

/** A placeholder alone keeps the type of its value. */
function filledText(text: string, values: RecordValues): Value {
  const [alone] = text.matchAll(PLACEHOLDER)
  if (alone !== undefined && alone[0] === text) return values[alone[1]] ?? null
  return text.replaceAll(PLACEHOLDER, (_, name: string) => textOf(values[name]))
}
