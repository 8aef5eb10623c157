import type { ActionInput } from '#sdk'

export const MODULE: ActionInput = {
  name: 'module',
  title: 'Module',
  type: 'stream',
  required: true,
}

export const RECORD_ID: ActionInput = {
  name: 'record_id',
  title: 'Record id',
  type: 'text',
  required: true,
  example: '5725767000000411001',
}

export const FIELDS: ActionInput = {
  name: 'fields',
  title: 'Fields',
  type: 'text',
  required: true,
  help: 'API names with commas between, 50 at most.',
  example: 'id, Last_Name, Email',
}

export const PAGE: ActionInput = { name: 'page', title: 'Page', type: 'integer', default: 1 }

export const PER_PAGE: ActionInput = {
  name: 'per_page',
  title: 'Records per page',
  type: 'integer',
  default: 200,
  help: '200 at most.',
}

export const AUTOMATIONS: ActionInput = {
  name: 'automations',
  title: 'Automations',
  type: 'choice',
  choices: ['as the connection says', 'none', 'all'],
  default: 'as the connection says',
  help: 'Whether workflows and the like run for what is written.',
}
