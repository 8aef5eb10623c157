import type { Value } from '#sdk'

/** The names of a setting, with commas between. */
export function namesIn(setting: Value | undefined): string[] {
  return String(setting ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}
