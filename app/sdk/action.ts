import type { Context } from './context.js'
import type { Value } from './record.js'

/**
 * One value that a person or a rule gives to an action. `json` is any plain value, `stream` the
 * name of a stream of the connection, `file` a file of the tenant by its name.
 */
export interface ActionInput {
  name: string
  title: string
  type: 'text' | 'multiline' | 'integer' | 'boolean' | 'choice' | 'json' | 'stream' | 'file'
  required?: boolean
  default?: Value
  choices?: string[]
  /** One sentence for the form. */
  help?: string
  /** What one would type, shown in the empty field. */
  example?: string
}

/** One call that a person may try on a test page and a rule may make. */
export interface Action {
  /** Unique within the connector, for example "create_record". */
  name: string
  title: string
  /** One sentence: what it does, and what it changes. */
  help: string
  inputs: ActionInput[]
  /** It changes something at the vendor, so it is asked about before it runs. */
  isWriting: boolean
  /**
   * What is wrong with inputs, found before any call: input name to a sentence. Required
   * inputs, types and choices are checked before it is called. Pure.
   */
  problems?(inputs: ActionInputs): { [input: string]: string }
  /**
   * @param inputs complete: defaults filled in, `json` parsed, what was left out null
   * @returns plain data, at most 5 MB as JSON
   * @throws ConnectorError
   */
  run(ctx: Context, inputs: ActionInputs): Promise<Value>
}

export interface ActionInputs {
  [name: string]: Value
}

/** Declares an action. Returns what it is given; it is here for the types. */
export function defineAction(action: Action): Action {
  return action
}
