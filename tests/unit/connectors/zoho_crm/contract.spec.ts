import { readFile } from 'node:fs/promises'
import { registerConnectorSuite } from '#tests/contract/register_connector_suite'
import connector from '../../../../plugins/connectors/zoho_crm/connector.js'
import fixture from './contract_fixture.js'

const folder = 'zoho_crm'
const url = new URL(`../../../../plugins/connectors/${folder}/plugin.json`, import.meta.url)
const manifest = JSON.parse(await readFile(url, 'utf8'))

await registerConnectorSuite({ folder, manifest, connector, fixture })
