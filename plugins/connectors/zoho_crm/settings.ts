import type { SettingField } from '#sdk'
import { dataCentres } from './data_centres.js'

export const API_VERSIONS = ['v2.1', 'v3', 'v4', 'v5', 'v6', 'v7', 'v8']

const address = {
  source: 'https?://[A-Za-z0-9.-]+(:[0-9]+)?/?',
  says: 'an address without a path, for example https://accounts.zoho.eu',
}
const automations = 'workflow|approval|blueprint|pathfinder|orchestration'

export const settings: SettingField[] = [
  {
    name: 'dataCentre',
    title: 'Data centre',
    type: 'choice',
    choices: Object.keys(dataCentres),
    help: 'Where the org lives: the ending of the address at which you open Zoho CRM.',
  },
  {
    name: 'apiVersion',
    title: 'API version',
    type: 'choice',
    choices: API_VERSIONS,
    default: 'v8',
  },
  {
    name: 'readBy',
    title: 'Read records by',
    type: 'choice',
    choices: ['automatic', 'list', 'coql', 'bulk'],
    default: 'automatic',
    help: 'Automatic takes the way with the fewest credits for what is to be read.',
    advanced: true,
  },
  {
    name: 'trigger',
    title: 'Automations to run on written records',
    type: 'text',
    default: '',
    pattern: {
      source: `none|all|(${automations})(\\s*,\\s*(${automations}))*`,
      says: '"all", or names out of workflow, approval, blueprint, pathfinder and orchestration with commas between',
    },
    help: 'Empty runs none, "all" runs every one, or name them: workflow, approval, blueprint, pathfinder, orchestration. Bulk jobs run none, so what is named here makes all records go by calls.',
  },
  {
    name: 'accountsUrl',
    title: 'Accounts address',
    type: 'text',
    pattern: address,
    advanced: true,
    help: 'Follows from the data centre; set it for a simulator only.',
  },
  {
    name: 'apiUrl',
    title: 'API address',
    type: 'text',
    pattern: address,
    advanced: true,
    told: true,
    help: 'Told by Zoho when the connection is authorised.',
  },
  {
    name: 'uploadUrl',
    title: 'Upload address',
    type: 'text',
    pattern: address,
    advanced: true,
    help: 'Follows from the data centre; set it for a simulator only.',
  },
  {
    name: 'orgId',
    title: 'Org id (zgid)',
    type: 'text',
    pattern: { source: '[0-9]{1,20}', says: 'the digits of the org id, for example 60012345678' },
    advanced: true,
    told: true,
    help: 'Filled in by the connection test; bulk uploads name it.',
  },
]
