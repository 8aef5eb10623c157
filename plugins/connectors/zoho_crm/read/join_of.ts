import type { StreamDescription } from '#sdk'
import { titleField } from '../describe/title_field.js'
import { baseOf, farName, isJoined } from './joined_name.js'

/** `person`: of a user; `title`: what a lookup shows besides its id; `far`: anything else. */
export type JoinKind = 'person' | 'title' | 'far'

export interface Join {
  name: string
  base: string
  far: string
  module: string
  kind: JoinKind
}

/** How a field is reached that lies behind a lookup; null where it is the record's own. */
export function joinOf(stream: StreamDescription, name: string): Join | null {
  if (!isJoined(name)) return null
  const [base, far] = [baseOf(name), farName(name)]
  const module = stream.fields.find((field) => field.name === base)?.lookup ?? ''
  const isTitle = titleField(module) === far
  const kind = module === 'users' ? 'person' : isTitle ? 'title' : 'far'
  return { name, base, far, module, kind }
}

export function joinsOf(stream: StreamDescription, names: string[]): Join[] {
  return names.map((name) => joinOf(stream, name)).filter((join) => join !== null)
}

/** As queries and jobs are asked for it: a user's name and mail are no columns of theirs. */
export function columnsOf(stream: StreamDescription, names: string[]): string[] {
  const columns = names.map((name) => {
    const join = joinOf(stream, name)
    return join?.kind === 'person' ? join.base : name
  })
  return [...new Set(columns)]
}
