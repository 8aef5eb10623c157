import type { SettingField, StreamDescription } from '#sdk'

const pointer = { source: '/\\S*', says: 'a JSON pointer, for example /result/id' }

export const SIZES = ['1', '10', '25', '50', '100', '200', '500', '1000']

const method: SettingField[] = [
  {
    name: 'method',
    title: 'Method',
    type: 'choice',
    choices: ['POST', 'PUT', 'PATCH', 'DELETE'],
    default: 'POST',
    help: 'DELETE is for services that delete, and for no others: its path names the record, such as /leads/{{_id}}, and it has no body.',
  },
]

const content: SettingField[] = [
  {
    name: 'body',
    title: 'Body of a record',
    type: 'text',
    help: 'JSON such as {"mail": "{{email}}", "text": "Hello {{name}}"}. A placeholder alone in quotes keeps its type; {{_key}} is a key that is the same whenever the same record is sent. Empty sends the record as it is.',
  },
  {
    name: 'perCall',
    title: 'Records per call',
    type: 'choice',
    choices: SIZES,
    default: '1',
    help: 'More than one are sent as a list.',
  },
  {
    name: 'envelope',
    title: 'Around the list',
    type: 'text',
    help: 'JSON such as {"data": "{{records}}"}, where several records go by one call.',
  },
]

const reply: SettingField[] = [
  {
    name: 'okStatus',
    title: 'Success by status',
    type: 'text',
    default: '200-299',
    pattern: {
      source: '\\d{3}(-\\d{3})?(\\s*,\\s*\\d{3}(-\\d{3})?)*',
      says: 'numbers and ranges with commas between, for example 200-299, 409',
    },
  },
  {
    name: 'results',
    title: 'Results in the reply',
    type: 'text',
    pattern: pointer,
    help: 'A JSON pointer to a list with one result per record, in the order sent. The following are looked for in each; without it in the reply itself.',
  },
  {
    name: 'okPointer',
    title: 'Success by value: where',
    type: 'text',
    pattern: pointer,
    help: 'A JSON pointer such as /status; a record is taken only where the value is the one named next.',
  },
  { name: 'okValue', title: 'Success by value: which', type: 'text' },
  {
    name: 'idPointer',
    title: 'Id of the record',
    type: 'text',
    pattern: pointer,
    help: 'Where the endpoint tells the id that it gave. Without it, the key of the record is its id.',
  },
  { name: 'messagePointer', title: 'Message of a refusal', type: 'text', pattern: pointer },
]

const repetition: SettingField[] = [
  {
    name: 'idempotencyHeader',
    title: 'Header of the idempotency key',
    type: 'text',
    pattern: { source: "[A-Za-z0-9!#$%&'*+.^_`|~-]+", says: 'the name of a header' },
    help: 'For example Idempotency-Key. The same record with the same content always has the same key, so that the endpoint can tell a repetition; for as long as it remembers keys, it takes a record that was changed and changed back for one too. Only with one record per call.',
  },
  {
    name: 'repeatable',
    title: 'A record may be sent twice',
    type: 'boolean',
    default: false,
    help: 'The endpoint knows records again (by their key, or by {{_key}}), so that after a lost reply they are simply sent again. One record per call by PUT or with an idempotency key is repeatable anyway.',
  },
  {
    name: 'allOrNothing',
    title: 'A refused call has written nothing',
    type: 'boolean',
    default: false,
    help: 'Where one bad record makes the endpoint refuse a whole call, its parts are sent again until the bad one stands alone. So it is too where a record may be sent twice.',
  },
]

/** What a service may set of the calls that carry its records. */
export function writeOptions({ name }: StreamDescription): SettingField[] {
  const path: SettingField = {
    name: 'path',
    title: 'Path',
    type: 'text',
    default: `/${name}`,
    pattern: { source: '/\\S*', says: 'a path that begins with /' },
    help: 'May hold fields such as /leads/{{email}} where each record has a call of its own; {{_id}} is the id that the endpoint gave it.',
  }
  return [...method, path, ...content, ...reply, ...repetition]
}
