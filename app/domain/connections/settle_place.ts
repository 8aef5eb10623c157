import type { Declaration } from '#domain/connections/declaration'
import type { Value } from '#sdk'

interface Settings {
  [name: string]: Value
}

export type Place = { settings: Settings } | { problem: string }

/**
 * What a callback says of the user's data centre, as settings. The client's secret goes to no
 * other server than one the connector lists, or the one that the connection itself names.
 */
export function settlePlace(
  declaration: Declaration,
  settings: Settings,
  query: { [name: string]: unknown }
): Place {
  const { auth } = declaration
  if (auth.type !== 'oauth2' || auth.places === undefined) return { settings }
  const { place, server, setting, url } = auth.places
  const named = query[place]
  const told = query[server]
  if (named === undefined && told === undefined) return { settings }
  const isOwn = typeof told === 'string' && told === originOf(settings[url])
  const listed = declaration.choicesOf(setting)
  const isListedOwn = Object.values(listed).some((choice) => choice[url] === settings[url])
  if (isOwn && !isListedOwn) return { settings }
  const mayMove = settings[url] === undefined || settings[url] === null || isListedOwn
  const choice = mayMove && Object.hasOwn(listed, String(named)) ? listed[String(named)] : undefined
  if (choice === undefined || (told !== undefined && told !== choice[url])) {
    return {
      problem: `The sign-in came back from a server that is not known: ${shown(named)}, ${shown(told)}. Nothing was sent to it. If this is your data centre, tell whoever maintains the connector.`,
    }
  }
  const others = Object.entries(settings).filter(([name]) => name !== url)
  return { settings: { ...Object.fromEntries(others), [setting]: String(named) } }
}

function originOf(value: Value | undefined): string | null {
  return typeof value === 'string' && URL.canParse(value) ? new URL(value).origin : null
}

const shown = (value: unknown) =>
  typeof value === 'string' ? `"${value.slice(0, 120)}"` : 'no name'
