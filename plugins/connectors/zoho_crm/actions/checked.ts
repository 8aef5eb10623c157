import type { Action, ActionInput, ActionInputs } from '#sdk'
import type { Problems } from './problems.js'

function isMissing({ name, required }: ActionInput, inputs: ActionInputs): boolean {
  const value = inputs[name]
  return required === true && (value === null || value === undefined || value === '')
}

/** Adds to an action's own problems the sentence for each required input that is missing. */
export function checked(action: Action): Action {
  return {
    ...action,
    problems(inputs): Problems {
      const missing = action.inputs
        .filter((input) => isMissing(input, inputs))
        .map(({ name, title }) => [name, `${title} is missing.`])
      return { ...action.problems?.(inputs), ...Object.fromEntries(missing) }
    },
  }
}
