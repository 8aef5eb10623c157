import { parse } from 'yaml'
import { creditProblems, creditTerms } from '#domain/connections/credit_terms'
import type { CreditTerms } from '#domain/connections/credit_terms'
import { Refusal } from '#domain/refusal'
import type { Value } from '#sdk'

export interface ConnectionFile {
  name: string
  connector: string
  settings: { [name: string]: Value }
  secrets: { [name: string]: string }
  /** Absent leaves what was set before. */
  credits?: CreditTerms
}

export const NAME = /^[a-z][a-z0-9_-]{0,62}$/
const KNOWN = ['name', 'connector', 'settings', 'secrets', 'credits']

/** Reads a connection's YAML. A secret that begins with `$` is taken from the environment. */
export function parseConnectionFile(
  text: string,
  fileName: string,
  environment: { [name: string]: string | undefined }
): ConnectionFile {
  const content = parseYaml(text, fileName)
  const problems = Object.keys(content)
    .filter((key) => !KNOWN.includes(key))
    .map((key) => `"${key}" is not known here; known are: ${KNOWN.join(', ')}`)
  const { name, connector, settings = {}, secrets = {}, credits } = content
  if (typeof name !== 'string' || !NAME.test(name)) {
    problems.push(
      '"name" must begin with a lower case letter and hold letters, digits, "_" and "-"'
    )
  }
  if (typeof connector !== 'string')
    problems.push('"connector" must name a connector, for example mysql')
  if (!isObject(settings)) problems.push('"settings" must be a list of name: value')
  if (!isObject(secrets)) problems.push('"secrets" must be a list of name: value')
  if (isObject(credits)) problems.push(...creditProblems(credits))
  else if (credits !== undefined) problems.push('"credits" must be a list of name: value')
  if (problems.length > 0) throw new Refusal(`${fileName} is not a connection:`, problems)

  return {
    name: String(name),
    connector: String(connector),
    settings: settings as ConnectionFile['settings'],
    secrets: resolveSecrets(secrets as { [name: string]: Value }, fileName, environment),
    ...(isObject(credits) ? { credits: creditTerms(credits) } : {}),
  }
}

export function parseYaml(text: string, fileName: string): { [name: string]: unknown } {
  const content = readYaml(text, fileName)
  if (!isObject(content)) throw new Refusal(`${fileName} must hold a list of name: value`)
  return content
}

function readYaml(text: string, fileName: string): unknown {
  try {
    return parse(text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Refusal(`${fileName} is not YAML: ${why.split('\n')[0]}`)
  }
}

export function isObject(value: unknown): value is { [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function resolveSecrets(
  secrets: { [name: string]: Value },
  fileName: string,
  environment: { [name: string]: string | undefined }
): { [name: string]: string } {
  const missing: string[] = []
  const entries = Object.entries(secrets).map(([name, value]) => {
    const text = String(value ?? '')
    if (!text.startsWith('$')) return [name, text]
    const found = environment[text.slice(1)]
    if (found === undefined)
      missing.push(
        `secrets.${name} wants the environment variable ${text.slice(1)}, which is not set`
      )
    return [name, found ?? '']
  })
  if (missing.length > 0) throw new Refusal(`${fileName} cannot be applied:`, missing)
  return Object.fromEntries(entries)
}
