import type { SettingField } from '#sdk'

const path = { source: '/\\S*', says: 'a path that begins with /' }
const pointer = { source: '(/\\S*)?', says: 'a JSON pointer, for example /data/items' }
const header = { source: "[A-Za-z0-9!#$%&'*+.^_`|~-]+", says: 'the name of a header' }

export const secrets: SettingField[] = [
  { name: 'token', title: 'Token', type: 'text', help: 'For bearer, and the value of a header.' },
  { name: 'password', title: 'Password', type: 'text', help: 'For basic.' },
]

export const settings: SettingField[] = [
  {
    name: 'baseUrl',
    title: 'Base address',
    type: 'text',
    required: true,
    pattern: {
      source: 'https?://[^\\s/?#@]+(/[^\\s?#]*)?',
      says: 'a whole address that begins with https://, without a question mark',
    },
    help: 'All paths are under it. Public addresses need https; others must be allowed by the operator.',
  },
  {
    name: 'streams',
    title: 'Lists and their fields',
    type: 'text',
    required: true,
    help: 'For example: leads(email*:email, name, amount:number); orders(number*, total:decimal). A star marks what identifies a record. Types are text, integer, decimal, number, boolean, date, datetime, email, phone, url and json.',
  },
  {
    name: 'auth',
    title: 'Authorization',
    type: 'choice',
    choices: ['none', 'bearer', 'basic', 'header'],
    default: 'none',
  },
  { name: 'user', title: 'User', type: 'text', help: 'For basic.' },
  {
    name: 'authHeader',
    title: 'Header of the token',
    type: 'text',
    default: 'x-api-key',
    pattern: header,
    help: 'For authorization by a header.',
  },
  {
    name: 'headers',
    title: 'Further headers',
    type: 'text',
    advanced: true,
    help: 'For example: X-Site: shop; X-Mode: live. No secrets: these are shown.',
  },
  {
    name: 'checkPath',
    title: 'Path for the test',
    type: 'text',
    default: '/',
    pattern: path,
    help: 'Asked by GET when the connection is tested. Name one that needs the authorization.',
  },
  {
    name: 'paging',
    title: 'Reading',
    type: 'choice',
    choices: ['off', 'one reply', 'page number', 'offset', 'cursor', 'next link'],
    default: 'off',
    help: 'How a list goes on. By page number or offset, rows that come or go while it is read shift the others: prefer a cursor.',
  },
  {
    name: 'listPath',
    title: 'Path of a list',
    type: 'text',
    default: '/{stream}',
    pattern: path,
    advanced: true,
  },
  {
    name: 'rows',
    title: 'Rows in the reply',
    type: 'text',
    pattern: pointer,
    advanced: true,
    help: 'A JSON pointer such as /data; empty where the reply itself is the list.',
  },
  {
    name: 'placeParam',
    title: 'Parameter of page, offset or cursor',
    type: 'text',
    default: 'page',
    pattern: { source: '[\\w.$-]+', says: 'the name of a parameter' },
    advanced: true,
  },
  {
    name: 'firstPage',
    title: 'Number of the first page',
    type: 'integer',
    default: 1,
    min: 0,
    max: 1,
    advanced: true,
  },
  {
    name: 'sizeParam',
    title: 'Parameter of the page size',
    type: 'text',
    pattern: { source: '[\\w.$-]+', says: 'the name of a parameter' },
    advanced: true,
    help: 'Left empty, the size is not asked for.',
  },
  {
    name: 'size',
    title: 'Page size',
    type: 'integer',
    default: 100,
    min: 1,
    max: 1000,
    advanced: true,
  },
  {
    name: 'next',
    title: 'Next place in the reply',
    type: 'text',
    pattern: pointer,
    advanced: true,
    help: 'A JSON pointer to the next cursor or link. For links, empty takes the header Link.',
  },
]
