import { existsSync } from 'node:fs'
import { test } from '@japa/runner'
import type { Connector } from '#sdk'
import { findPlugins } from './find_plugins.js'
import { registerConnectorSuite } from './register_connector_suite.js'
import type { Fixture } from './stage.js'

for (const plugin of await findPlugins('connectors')) {
  const { folder, manifest } = plugin
  const url = new URL(`./fixtures/${folder}_fixture.ts`, import.meta.url)
  if (existsSync(url)) {
    const module = (await import(url.href)) as { default: Fixture }
    const connector = (await plugin.load()) as Connector
    await registerConnectorSuite({ folder, manifest, connector, fixture: module.default })
  } else {
    test(`Contract of ${folder}: it has a fixture`, ({ assert }) => {
      assert.fail(`Write tests/contract/fixtures/${folder}_fixture.ts`)
    })
  }
}
