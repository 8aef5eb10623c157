import { inquire } from '#domain/runners'
import type Connection from '#domain/connections/connection'
import { grantConnection, groundsOf } from '#domain/connections/connection_grant'
import type { ActionResult } from '#domain/connections/run_action'
import type { DeclaredAction } from '#domain/connections/declared_actions'
import { ConnectorError } from '#sdk'

const LONGEST = 500_000

export type StreamName = { name: string; title: string }

export type ActionInputView = {
  name: string
  title: string
  type: 'text' | 'multiline' | 'integer' | 'boolean' | 'choice' | 'json' | 'stream' | 'file'
  isRequired: boolean
  default: string | null
  choices: string[]
  help: string | null
  example: string | null
}

export type ActionView = {
  name: string
  title: string
  help: string
  isWriting: boolean
  inputs: ActionInputView[]
}

export type ActionResultView =
  | { ok: true; text: string; isCut: boolean; calls: number; credits: number; seconds: number }
  | { ok: false; message: string | null; problems: { [input: string]: string } }

export function viewAction({ inputs, ...action }: DeclaredAction): ActionView {
  return {
    ...action,
    inputs: inputs.map(({ name, title, type, required, choices, help, example, ...input }) => ({
      ...{ name, title, type },
      isRequired: required ?? false,
      default: defaultText(input.default),
      choices: choices ?? [],
      help: help ?? null,
      example: example ?? null,
    })),
  }
}

function defaultText(value: unknown): string | null {
  if (value === undefined || value === null) return null
  return typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value)
}

/** The streams to choose from. That they cannot be had leaves the name to be typed. */
export async function viewStreams(connection: Connection): Promise<StreamName[]> {
  try {
    const streams = await inquire<'list'>({
      ask: 'list',
      connection: await grantConnection(connection),
      grounds: await groundsOf(connection.tenantId),
    })
    const own = streams.filter(({ within }) => within === undefined)
    return own.map(({ name, title }) => ({ name, title }))
  } catch (error) {
    if (error instanceof ConnectorError) return []
    throw error
  }
}

export function viewResult(result: ActionResult): ActionResultView {
  if (!result.ok) {
    const isSaid = 'message' in result
    return {
      ok: false,
      message: isSaid ? result.message : null,
      problems: isSaid ? {} : result.problems,
    }
  }
  const { value, calls, credits, milliseconds } = result
  const text = JSON.stringify(value, null, 2)
  return {
    ...{ ok: true, calls, credits },
    text: text.slice(0, LONGEST),
    isCut: text.length > LONGEST,
    seconds: milliseconds / 1000,
  }
}
