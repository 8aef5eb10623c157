import type { SettingField, StreamDescription } from '#sdk'
import { bulkOperations } from './module_support.js'

const AUTOMATIONS = 'workflow|approval|blueprint|pathfinder|orchestration'

const id = {
  source: '[0-9]{1,20}',
  says: 'the digits of an id, for example 5725767000000091055',
}
const names = {
  source: '[A-Za-z0-9_]+(\\s*,\\s*[A-Za-z0-9_]+)*',
  says: 'API names of fields with commas between',
}

const always: SettingField[] = [
  {
    name: 'trigger',
    title: 'Automations to run',
    type: 'text',
    pattern: {
      source: `none|all|(${AUTOMATIONS})(\\s*,\\s*(${AUTOMATIONS}))*`,
      says: '"none", "all", or names out of workflow, approval, blueprint, pathfinder and orchestration with commas between',
    },
    help: 'Which automations of the org run on written records; empty does as the connection says. Bulk jobs run none, so what is named here goes by calls.',
  },
  {
    name: 'emptyValues',
    title: 'Empty values',
    type: 'choice',
    choices: ['clear', 'keep'],
    default: 'clear',
    help: 'Whether an empty value clears the field in Zoho, or leaves what is there; the same for calls and bulk jobs.',
  },
  {
    name: 'layout',
    title: 'Layout id',
    type: 'text',
    pattern: id,
    help: 'Records are written to this layout, and its mandatory fields must have a value.',
  },
  {
    name: 'lockField',
    title: 'Field with the time of the last change',
    type: 'text',
    pattern: { source: '[A-Za-z0-9_]+', says: 'the API name of a mapped field' },
    help: 'Names a mapped time: a record that was changed in Zoho after it is left alone. Each time is a call of its own.',
  },
  {
    name: 'assignmentRule',
    title: 'Assignment rule id',
    type: 'text',
    pattern: id,
    advanced: true,
    help: 'The rule that gives new records an owner; empty runs none.',
  },
  {
    name: 'layoutRules',
    title: 'Apply layout rules',
    type: 'boolean',
    default: false,
    advanced: true,
    help: 'Whether the rules of the layout (fields that others make mandatory) apply to written records.',
  },
  {
    name: 'skipCadences',
    title: 'Skip cadences',
    type: 'boolean',
    default: false,
    advanced: true,
    help: 'Whether written records stay out of follow-up cadences.',
  },
]

const append: SettingField = {
  name: 'appendValues',
  title: 'Lists to add to',
  type: 'text',
  pattern: names,
  help: 'Names multi-select fields whose values are added to those in Zoho instead of replacing them.',
}

const rows: SettingField = {
  name: 'rows',
  title: 'Rows, links and files',
  type: 'choice',
  choices: ['replace', 'add'],
  default: 'replace',
  help: 'Whether rows of subforms, links and files take the place of those in Zoho, or are added to them. Rows with an id are updated in both cases.',
}

const callback: SettingField = {
  name: 'callbackUrl',
  title: 'Address told when a bulk job ends',
  type: 'text',
  pattern: { source: 'https://\\S+', says: 'an address that begins with https://' },
  advanced: true,
  help: 'Zoho posts the state of each finished bulk job there. Crossdock itself asks for it, so it needs none.',
}

/** What a service may set of the way its records are written. */
export function writeOptions(stream: StreamDescription): SettingField[] {
  const has = (test: (field: StreamDescription['fields'][number]) => boolean) =>
    stream.fields.some((field) => !field.readOnly && test(field))
  return [
    ...always,
    ...(has((field) => field.type === 'multipicklist') ? [append] : []),
    ...(has((field) => field.rows !== undefined || field.files === true) ? [rows] : []),
    ...(bulkOperations(stream).length > 0 ? [callback] : []),
  ]
}
