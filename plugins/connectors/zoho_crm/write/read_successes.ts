import type { WriteEntry, WriteReply } from './write_reply.js'

const HEAD = '{"data":['
const TAIL = ']}'
const TEXT = '"[^"\\\\]*"'
const VALUE = `(?:${TEXT}|null|true|false|-?\\d+|\\{[^{}]*\\})`
/** One entry as Zoho writes it of a record that is in place: what comes before its id, the id, and the rest. */
const ENTRY = new RegExp(
  '(\\{"code":"SUCCESS",' +
    '(?:"duplicate_field":(?:null|"([^"\\\\]*)"),"action":"(insert|update)",)?' +
    `"details":\\{(?:"(?!id")[^"\\\\]*":${VALUE},)*"id":")(\\d+)` +
    `("(?:,"(?!id")[^"\\\\]*":${VALUE})*\\},"message":${TEXT},"status":"success"\\})`,
  'y'
)
/** V8 keeps the whole answer for a longer piece of it. Shorter ones it copies. */
const COPIED = 12
const COMMA = 44

/** What the entries of an answer share that differ in their ids alone, as most do. */
interface Likeness {
  front: string
  back: string
  action: WriteEntry['action']
  field: string | null
}

/**
 * What an answer says of its records when all of them were written: their ids, and what an upsert
 * did. Null for any other answer, which is to be parsed. Such answers are most of what Zoho says
 * in a large run, and to parse all that they say of users and times takes five times as long.
 */
export function readSuccesses(text: string): WriteReply | null {
  if (!text.startsWith(HEAD)) return null
  const data: WriteEntry[] = []
  let like: Likeness | null = null
  for (let at = HEAD.length; ; at++) {
    let end = like === null ? at : idEnd(text, at, like)
    if (like === null || end === at) {
      ENTRY.lastIndex = at
      const found = ENTRY.exec(text)
      if (found === null) return null
      const [, front, field, action, id, back] = found
      like = { front, back, action: action as WriteEntry['action'], field: field ?? null }
      end = at + front.length + id.length
    }
    data.push({
      code: 'SUCCESS',
      message: '',
      status: 'success',
      action: like.action,
      duplicate_field: like.field,
      details: { id: copied(text, at + like.front.length, end) },
    })
    at = end + like.back.length
    if (text.charCodeAt(at) !== COMMA) return text.slice(at) === TAIL ? { data } : null
  }
}

/** Where the id ends of an entry at `at` that is like the one before; `at` where it is not. */
function idEnd(text: string, at: number, { front, back }: Likeness): number {
  const start = at + front.length
  // Cut off and compared, as startsWith goes letter by letter.
  if (text.slice(at, start) !== front) return at
  let end = start
  while (isDigit(text.charCodeAt(end))) end++
  return text.slice(end, end + back.length) === back ? end : at
}

const isDigit = (code: number) => code >= 48 && code <= 57

function copied(text: string, start: number, end: number): string {
  const middle = start + COPIED
  if (end <= middle) return text.slice(start, end)
  return text.slice(start, middle) + text.slice(middle, end)
}
