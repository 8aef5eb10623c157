import type { WriteEntry, WriteReply } from './write_reply.js'

const HEAD = '{"data":['
const TEXT = '"[^"\\\\]*"'
const VALUE = `(?:${TEXT}|null|true|false|-?\\d+|\\{[^{}]*\\})`
/** One entry as Zoho writes it of a record that is in place, and what comes after it. */
const ENTRY = new RegExp(
  '\\{"code":"SUCCESS",' +
    `(?:"duplicate_field":(null|${TEXT}),"action":"(insert|update)",)?` +
    `"details":\\{(?:"(?!id")[^"\\\\]*":${VALUE},)*"id":"(\\d{1,12})(\\d{0,12})"(?:,"(?!id")[^"\\\\]*":${VALUE})*\\},` +
    `"message":${TEXT},"status":"success"\\}(,|\\]\\}$)`,
  'y'
)

/**
 * What an answer says of its records when all of them were written: their ids, and what an upsert
 * did. Null for any other answer, which is to be parsed. Such answers are most of what Zoho says
 * in a large run, and to parse all that they say of users and times costs twice as much.
 */
export function readSuccesses(text: string): WriteReply | null {
  if (!text.startsWith(HEAD)) return null
  const data: WriteEntry[] = []
  ENTRY.lastIndex = HEAD.length
  for (let entry = ENTRY.exec(text); entry !== null; entry = ENTRY.exec(text)) {
    const [, field, action, front, back, after] = entry
    data.push({
      code: 'SUCCESS',
      message: '',
      status: 'success',
      action: action as WriteEntry['action'],
      duplicate_field: field === undefined || field === 'null' ? null : field.slice(1, -1),
      // V8 keeps the whole answer for a long piece of it. Short pieces it copies.
      details: { id: front + back },
    })
    if (after !== ',') return { data }
  }
  return null
}
