import type { ActionInput } from '#sdk'

export const RAW_INPUTS: ActionInput[] = [
  {
    name: 'method',
    title: 'Method',
    type: 'choice',
    choices: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    default: 'GET',
    required: true,
  },
  {
    name: 'path',
    title: 'Path',
    type: 'text',
    required: true,
    help: 'Below the version of the connection, or from /crm/ on.',
    example: '/settings/modules',
  },
  {
    name: 'query',
    title: 'Query parameters',
    type: 'json',
    example: '{ "module": "Leads" }',
  },
  {
    name: 'headers',
    title: 'Headers',
    type: 'json',
    help: 'The authorisation is added by itself.',
    example: '{ "X-EXTERNAL": "Leads.External_Id" }',
  },
  {
    name: 'body',
    title: 'Body',
    type: 'json',
    example: '{ "data": [{ "Last_Name": "Lovelace" }] }',
  },
  {
    name: 'tries',
    title: 'Tries',
    type: 'integer',
    default: 1,
    help: '5 at most. A call that writes may be done twice when it is tried again.',
  },
  {
    name: 'retry_on',
    title: 'Try again on',
    type: 'text',
    default: '429, 500, 502, 503, 504',
    help: 'Statuses with commas between.',
  },
  { name: 'wait', title: 'Seconds between tries', type: 'integer', default: 1 },
  {
    name: 'debug',
    title: 'Debug log',
    type: 'boolean',
    default: false,
    help: 'Shows each try with headers and bodies, without what is secret.',
  },
]
