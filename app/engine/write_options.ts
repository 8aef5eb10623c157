import type { SettingField, Value } from '#sdk'
import { didYouMean } from './nearest.js'
import type { Problem } from './problem.js'

type Options = { [name: string]: Value }

/** What a service sets, and the defaults of what it leaves out. */
export function completeOptions(fields: SettingField[], given: Options = {}): Options {
  const complete: Options = {}
  for (const { name, default: fallback } of fields) {
    complete[name] = given[name] ?? fallback ?? null
  }
  return complete
}

export function checkOptions(fields: SettingField[], given: Options = {}): Problem[] {
  const names = fields.map((field) => field.name)
  const unknown = Object.keys(given)
    .filter((name) => !names.includes(name))
    .map((name) => ({
      where: `target.options.${name}`,
      message: `There is no option '${name}'.${didYouMean(name, names) || ` There are: ${names.join(', ') || 'none'}.`}`,
    }))
  return [...unknown, ...fields.flatMap((field) => checkOption(field, given[field.name]))]
}

const FITS: { [type in SettingField['type']]: (value: Value) => boolean } = {
  text: (value) => typeof value === 'string',
  choice: (value) => typeof value === 'string',
  integer: (value) => Number.isSafeInteger(value),
  boolean: (value) => typeof value === 'boolean',
}

function checkOption(field: SettingField, value?: Value): Problem[] {
  const { name, type, choices, required } = field
  const say = (message: string): Problem[] => [{ where: `target.options.${name}`, message }]
  if (value === undefined || value === null) {
    return required ? say(`'${name}' must be set.`) : []
  }
  if (!FITS[type](value)) {
    return say(`'${name}' must be ${type === 'choice' ? 'one of its choices' : type}.`)
  }
  if (type === 'choice' && !choices?.includes(String(value))) {
    return say(`'${name}' must be one of: ${(choices ?? []).join(', ')}.`)
  }
  const bound = boundOf(field, value)
  return bound === null ? [] : say(`'${name}' must be ${bound}.`)
}

function boundOf({ pattern, min, max }: SettingField, value: Value): string | null {
  if (typeof value === 'number') {
    if (min !== undefined && value < min) return `${min} or more`
    return max !== undefined && value > max ? `${max} or less` : null
  }
  if (typeof value !== 'string' || value === '' || !pattern) return null
  return new RegExp(`^(?:${pattern.source})$`, 'u').test(value.trim()) ? null : pattern.says
}
