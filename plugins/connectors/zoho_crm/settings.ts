import type { SettingField } from '#sdk'
import { dataCentres } from './data_centres.js'

export const API_VERSIONS = ['v2.1', 'v3', 'v4', 'v5', 'v6', 'v7', 'v8']

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
    name: 'trigger',
    title: 'Automations to run on written records',
    type: 'text',
    default: '',
    help: 'Empty runs none, "all" runs every one, or name them: workflow, approval, blueprint, pathfinder, orchestration.',
  },
  {
    name: 'accountsUrl',
    title: 'Accounts address',
    type: 'text',
    help: 'Follows from the data centre; set it for a simulator only.',
  },
  {
    name: 'apiUrl',
    title: 'API address',
    type: 'text',
    help: 'Told by Zoho when the connection is authorised.',
  },
  {
    name: 'uploadUrl',
    title: 'Upload address',
    type: 'text',
    help: 'Follows from the data centre; set it for a simulator only.',
  },
  {
    name: 'orgId',
    title: 'Org id (zgid)',
    type: 'text',
    help: 'Filled in by the connection test; bulk uploads name it.',
  },
]
