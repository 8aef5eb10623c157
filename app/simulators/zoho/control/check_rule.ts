import { faultKinds, type FaultRule } from './fault_rule.js'

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isAmount = (value: unknown) =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0
const isCount = (value: unknown) => Number.isInteger(value) && isAmount(value)
const isShare = (value: unknown) => isAmount(value) && Number(value) <= 1
const isStatus = (value: unknown) => isCount(value) && Number(value) >= 200 && Number(value) <= 599
const isList = (value: unknown) => Array.isArray(value) && value.every(isCount)
const isText = (value: unknown) => typeof value === 'string'

type Tests = Record<string, (value: unknown) => boolean>

const parts: Tests = {
  ms: isAmount,
  status: isStatus,
  share: isShare,
  indexes: isList,
  code: isText,
  field: isText,
  message: isText,
  details: isObject,
  as: (value) => value === 200 || value === 400,
  body: () => true,
}
const matchParts: Tests = {
  method: isText,
  path: isText,
  nth: isCount,
  every: isCount,
  times: isCount,
  probability: isShare,
}
const needed: Partial<Record<FaultRule['kind'], string>> = {
  latency: 'ms',
  late_index: 'ms',
  status: 'status',
}

function checkParts(given: object, tests: Tests, where: string) {
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(tests, name)) throw new Error(`Unknown "${name}" in ${where}`)
    if (!tests[name](value)) throw new Error(`"${name}" of ${where} is not what it must be`)
  }
}

/** Stops a rule that would never strike as it was meant. */
export function checkRule(rule: FaultRule) {
  if (!isObject(rule)) throw new Error('A fault rule must be an object')
  const { kind, match = {}, ...given } = rule
  if (!faultKinds.includes(kind)) throw new Error(`Unknown fault kind "${kind}"`)
  const need = needed[kind]
  if (need && !(need in given)) throw new Error(`A fault "${kind}" needs "${need}"`)
  checkParts(given, parts, `a fault "${kind}"`)
  if (!isObject(match)) throw new Error('"match" must be an object')
  checkParts(match, matchParts, '"match"')
}
