import { test } from '@japa/runner'
import type { Connector, PluginManifest } from '#sdk'
import { allClauses } from './clauses/all_clauses.js'
import type { Fixture, Stage } from './stage.js'
import { waivers } from './waivers.js'

export interface ConnectorSuite {
  folder: string
  manifest: PluginManifest
  connector: Connector
  fixture: Fixture
}

/** Makes a test of every clause that concerns the connector. */
export async function registerConnectorSuite(suite: ConnectorSuite): Promise<void> {
  const { folder, manifest, connector, fixture } = suite
  const missing = await fixture.missing()
  test.group(`Contract of ${folder}`, (group) => {
    let stage: Stage
    group.tap((each) => each.timeout(60_000))
    group.setup(async () => {
      if (missing === null) stage = await fixture.open()
    })
    group.teardown(async () => {
      if (missing === null) await stage.close()
    })
    for (const clause of allClauses.filter((one) => one.concerns(connector))) {
      const waiver = waivers.find((one) => one.connector === folder && one.clause === clause.number)
      const reason = missing ?? waiver?.reason
      test(`${clause.number}: ${clause.title}`, () =>
        clause.verify({ folder, manifest, connector, stage })).skip(reason !== undefined, reason)
    }
  })
}
