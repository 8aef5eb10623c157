import type { Cleaning, Value } from '#sdk'

const STEPS: { [step in Cleaning]: (text: string) => string } = {
  trim: (text) => text.trim(),
  collapse: (text) => text.replace(/\s+/g, ' '),
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  capitalize: (text) =>
    text.toLowerCase().replace(/(^|[\s\-'’])(\p{L})/gu, (_, before: string, letter: string) => {
      return before + letter.toUpperCase()
    }),
  digits: (text) => text.replace(/\D+/g, ''),
}

/** Tidies a text by the steps given, in order; what is no text passes. Null where there is nothing to do. */
export function compileCleaning(
  steps: Cleaning[] = []
): (<Other>(value: Value | Other) => Value | Other) | null {
  if (steps.length === 0) return null
  return (value) =>
    typeof value === 'string' ? steps.reduce((text, step) => STEPS[step](text), value) : value
}
