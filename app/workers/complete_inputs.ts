import type { ActionInput, ActionInputs, Value } from '#sdk'

export interface Completed {
  inputs: ActionInputs
  /** Input name to a sentence. */
  problems: { [input: string]: string }
}

type Read = { value: Value } | { problem: string }

/**
 * Makes of what was given what an action is promised: defaults filled in, texts read as their
 * types, what was left out null. Forms send texts, rules send values.
 */
export function completeInputs(declared: ActionInput[], given: ActionInputs): Completed {
  const inputs: ActionInputs = {}
  const problems: { [input: string]: string } = {}
  for (const name of Object.keys(given)) {
    if (!declared.some((input) => input.name === name)) {
      problems[name] = `This action takes no "${name}".`
    }
  }
  for (const input of declared) {
    const value = given[input.name]
    const isLeftOut = value === undefined || value === null || value === ''
    const read = isLeftOut ? { value: input.default ?? null } : readInput(input, value)
    inputs[input.name] = 'value' in read ? read.value : null
    if ('problem' in read) problems[input.name] = read.problem
    else if (input.required === true && read.value === null) {
      problems[input.name] = `${input.title} is missing.`
    }
  }
  return { inputs, problems }
}

function readInput({ type, choices }: ActionInput, value: NonNullable<Value>): Read {
  switch (type) {
    case 'integer': {
      const number = typeof value === 'string' ? Number(value) : value
      return Number.isSafeInteger(number) ? { value: number } : { problem: 'Write a whole number.' }
    }
    case 'boolean': {
      const text = String(value)
      if (text !== 'true' && text !== 'false') return { problem: 'Choose true or false.' }
      return { value: text === 'true' }
    }
    case 'json':
      return typeof value === 'string' ? readJson(value) : { value }
    case 'choice':
      return choices?.includes(String(value))
        ? { value: String(value) }
        : { problem: `Choose one of: ${choices?.join(', ')}.` }
    default:
      return typeof value === 'string' || typeof value === 'number'
        ? { value: String(value).trim() }
        : { problem: 'Write a text.' }
  }
}

function readJson(text: string): Read {
  try {
    const value: Value = JSON.parse(text)
    return { value }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { problem: `This is not JSON: ${why}.` }
  }
}
