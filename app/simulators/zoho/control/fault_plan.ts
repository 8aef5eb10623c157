import { checkRule } from './check_rule.js'
import type { DeliveryFault, Fault, FaultRule, PartialFault } from './fault_rule.js'
import { random } from './random.js'

interface ArmedRule {
  rule: FaultRule
  matches: (method: string, path: string) => boolean
  seen: number
  fired: number
}

function pathTest(path: string | undefined) {
  if (path === undefined) return () => true
  const expression = /^\/(.+)\/(i?)$/.exec(path)
  const isPattern = expression !== null && /[\\^$*+?()[\]|]/.test(expression[1])
  if (!isPattern) return (given: string) => given.includes(path)
  const pattern = new RegExp(expression[1], expression[2])
  return (given: string) => pattern.test(given)
}

const isDeliveryFault = (fault: Fault): fault is DeliveryFault => fault.kind.startsWith('notify_')

export class FaultPlan {
  readonly #seed: number
  #roll: () => number
  #rules: ArmedRule[] = []

  constructor(seed: number) {
    this.#seed = seed
    this.#roll = random(seed)
  }

  get rules() {
    return this.#rules.map(({ rule, seen, fired }) => ({ ...rule, seen, fired }))
  }

  replace(rules: readonly FaultRule[]) {
    if (!Array.isArray(rules)) throw new Error('A list of fault rules is expected')
    for (const rule of rules) checkRule(rule)
    this.#roll = random(this.#seed)
    this.#rules = rules.map((rule) => {
      const { method, path } = rule.match ?? {}
      const isPath = pathTest(path)
      const matches = (givenMethod: string, givenPath: string) =>
        (method === undefined || method.toUpperCase() === givenMethod) && isPath(givenPath)
      return { rule, matches, seen: 0, fired: 0 }
    })
  }

  /** The faults that strike this call. */
  strike(method: string, path: string): Fault[] {
    return this.#struck(method, path, (rule) => !isDeliveryFault(rule))
  }

  /** The faults that strike this notification. */
  strikeDelivery(method: string, path: string): DeliveryFault[] {
    return this.#struck(method, path, isDeliveryFault).filter(isDeliveryFault)
  }

  #struck(method: string, path: string, isMeant: (rule: Fault) => boolean): Fault[] {
    return this.#rules
      .filter(({ rule }) => isMeant(rule))
      .filter((armed) => armed.matches(method, path) && this.#fires(armed))
      .map(({ rule }) => rule)
  }

  #fires(armed: ArmedRule) {
    const { nth, every, times, probability } = armed.rule.match ?? {}
    armed.seen += 1
    if (nth !== undefined && armed.seen !== nth) return false
    if (every !== undefined && armed.seen % every !== 0) return false
    if (probability !== undefined && this.#roll() >= probability) return false
    if (times !== undefined && armed.fired >= times) return false
    armed.fired += 1
    return true
  }

  /** Whether a `partial` fault strikes the row at this position. */
  strikesRow({ indexes, share = 0.5 }: PartialFault, position: number) {
    return indexes ? indexes.includes(position) : this.#roll() < share
  }
}
