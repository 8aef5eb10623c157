import type { SettingField, Value } from '#sdk'

export interface FieldFault {
  part: 'settings' | 'secrets'
  field: string
  title: string
  /** The rest of a sentence that begins with the field. */
  says: string
}

export const MISSING = 'is missing'

export function isEmpty(value: Value | undefined): boolean {
  return value === undefined || value === null || value === ''
}

export function fieldFaults(
  part: FieldFault['part'],
  fields: SettingField[],
  given: { [name: string]: Value }
): FieldFault[] {
  const names = fields.map(({ name }) => name)
  const unknown = Object.keys(given)
    .filter((name) => !names.includes(name))
    .map((name) => ({
      ...{ part, field: name, title: name },
      says: `is not known here; known are: ${names.join(', ') || 'none'}`,
    }))
  const wrong = fields.flatMap((field) => {
    const value = given[field.name]
    const says = isEmpty(value)
      ? field.required && field.default === undefined
        ? MISSING
        : null
      : misfit(field, value as Value)
    return says === null ? [] : [{ part, field: field.name, title: field.title, says }]
  })
  return [...unknown, ...wrong]
}

function misfit(field: SettingField, value: Value): string | null {
  const { type, choices, pattern } = field
  if (type === 'integer') return integerMisfit(field, value)
  if (type === 'boolean') return typeof value === 'boolean' ? null : 'must be true or false'
  if (typeof value !== 'string') return 'must be a text'
  if (type === 'choice' && !choices?.includes(value)) {
    return `must be one of: ${choices?.join(', ')}`
  }
  if (pattern === undefined || new RegExp(`^(?:${pattern.source})$`).test(value)) return null
  return `must be ${pattern.says}`
}

function integerMisfit({ min, max }: SettingField, value: Value): string | null {
  if (!Number.isInteger(value)) return 'must be a whole number'
  if (min !== undefined && Number(value) < min) return `must be at least ${min}`
  if (max !== undefined && Number(value) > max) return `must be at most ${max}`
  return null
}
