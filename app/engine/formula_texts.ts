import type { Environment } from '@marcbachmann/cel-js'

/** Nothing is an empty text, so that a missing first name does not reject a record. */
export function asText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

type TextFunction = (text: string, ...rest: string[]) => string
type SizedFunction = (text: string, size: number, fill: string) => string

const PLAIN: { [name: string]: TextFunction } = {
  upper: (text) => text.toUpperCase(),
  lower: (text) => text.toLowerCase(),
  title: (text) =>
    text
      .toLowerCase()
      .split(' ')
      .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
      .join(' '),
  slug: (text) =>
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, ''),
}

/** Counted in whole characters, so that an emoji is never cut in two. */
const SIZED: { [name: string]: SizedFunction } = {
  left: (text, size) => [...text].slice(0, Math.max(0, size)).join(''),
  right: (text, size) => (size <= 0 ? '' : [...text].slice(-size).join('')),
}

const LONGEST_PAD = 10_000

const PADDED: { [name: string]: SizedFunction } = {
  padLeft: (text, size, fill) => text.padStart(Math.min(size, LONGEST_PAD), fill),
  padRight: (text, size, fill) => text.padEnd(Math.min(size, LONGEST_PAD), fill),
}

export function registerTextFunctions(env: Environment): void {
  for (const [name, run] of Object.entries(PLAIN)) {
    env.registerFunction(`${name}(dyn): string`, (value: unknown) => run(asText(value)))
    env.registerFunction(`string.${name}(): string`, (value: string) => run(value))
  }
  for (const [name, run] of Object.entries(SIZED)) {
    const handler = (value: unknown, size: bigint) => run(asText(value), Number(size), '')
    env.registerFunction(`${name}(dyn, int): string`, handler)
    env.registerFunction(`string.${name}(int): string`, handler)
  }
  for (const [name, run] of Object.entries(PADDED)) {
    const handler = (value: unknown, size: bigint, fill: string) =>
      run(asText(value), Number(size), fill)
    env.registerFunction(`${name}(dyn, int, string): string`, handler)
    env.registerFunction(`string.${name}(int, string): string`, handler)
  }
  registerSearches(env)
}

function registerSearches(env: Environment): void {
  const replace = (value: unknown, search: string, by: string) =>
    search === '' ? asText(value) : asText(value).split(search).join(by)
  env.registerFunction('text(dyn): string', asText)
  env.registerFunction('trim(dyn): string', (value: unknown) => asText(value).trim())
  env.registerFunction('replace(dyn, string, string): string', replace)
  env.registerFunction('string.replace(string, string): string', replace)
  env.registerFunction('length(dyn): int', (value: unknown) =>
    BigInt(Array.isArray(value) ? value.length : [...asText(value)].length)
  )
  env.registerFunction('split(dyn, string): list<string>', (value: unknown, by: string) =>
    asText(value).split(by)
  )
  env.registerFunction('join(dyn, string): string', (list: unknown, by: string) =>
    Array.isArray(list) ? list.map(asText).join(by) : asText(list)
  )
  env.registerFunction('contains(dyn, string): bool', (value: unknown, part: string) =>
    asText(value).includes(part)
  )
  env.registerFunction('startsWith(dyn, string): bool', (value: unknown, part: string) =>
    asText(value).startsWith(part)
  )
  env.registerFunction('endsWith(dyn, string): bool', (value: unknown, part: string) =>
    asText(value).endsWith(part)
  )
}
