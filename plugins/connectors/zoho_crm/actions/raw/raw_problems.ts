import type { ActionInputs, Value } from '#sdk'
import { judge, type Problems } from '../problems.js'

const OWN_HEADERS = ['authorization', 'cookie', 'host', 'content-length', 'connection']
const MOST_TRIES = 5
const LONGEST_WAIT = 10

function wrongPath(value: Value): string | null {
  const text = String(value)
  if (/[\s\\#]/.test(text)) return 'A path has no blanks, backslashes or "#".'
  if (text.includes('?')) return 'Put what follows "?" into the query.'
  if (!text.startsWith('/') || text.startsWith('//') || /^\/*[a-z]+:/i.test(text)) {
    return 'A path begins with one "/", for example /Leads: only the API of this connection can be called.'
  }
  return decoded(text).split('/').includes('..') ? 'A path does not lead upwards.' : null
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text).replaceAll('\\', '/')
  } catch {
    return '..'
  }
}

function wrongPairs(value: Value, called: string): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return `${called} are an object of names and values.`
  }
  const wrong = Object.entries(value).find(
    ([, each]) => !['string', 'number', 'boolean'].includes(typeof each)
  )
  return wrong === undefined
    ? null
    : `The value of "${wrong[0]}" must be a text, a number or true or false.`
}

function wrongHeaders(value: Value): string | null {
  const said = wrongPairs(value, 'Headers')
  if (said !== null) return said
  const names = Object.keys(Object(value))
  const own = names.find((name) => OWN_HEADERS.includes(name.toLowerCase()))
  if (own !== undefined) return `"${own}" is set by the connection and cannot be given here.`
  const bad = names.find((name) => !/^[\w-]+$/.test(name))
  if (bad !== undefined) return `"${bad}" is no name of a header.`
  const broken = Object.values(Object(value)).some((each) => /[\r\n]/.test(String(each)))
  return broken ? 'The value of a header is one line.' : null
}

function wrongStatuses(value: Value): string | null {
  const texts = String(value)
    .split(/[\s,]+/)
    .filter((text) => text !== '')
  const bad = texts.find((text) => !/^[45]\d\d$/.test(text))
  return bad === undefined ? null : `"${bad}" is no status of a failure: those are 400 to 599.`
}

export function rawProblems(inputs: ActionInputs): Problems {
  return judge(inputs, {
    path: wrongPath,
    query: (value) => wrongPairs(value, 'Query parameters'),
    headers: wrongHeaders,
    body: (_value, { method }) =>
      method === 'GET' ? 'A GET has no body: use the query, or another method.' : null,
    retry_on: wrongStatuses,
    tries: (value) =>
      Number(value) >= 1 && Number(value) <= MOST_TRIES
        ? null
        : `Between 1 and ${MOST_TRIES} tries.`,
    wait: (value) =>
      Number(value) >= 0 && Number(value) <= LONGEST_WAIT
        ? null
        : `Between 0 and ${LONGEST_WAIT} seconds.`,
  })
}
