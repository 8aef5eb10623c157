import { globSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import type { ApplicationService } from '@adonisjs/core/types'
import testUtils from '@adonisjs/core/services/test_utils'
import { assert } from '@japa/assert'
import { browserClient, decoratorsCollection } from '@japa/browser-client'
import { pluginAdonisJS } from '@japa/plugin-adonisjs'
import type { Config, TestSuite } from '@japa/runner/types'
import { baseUrl } from '#tests/support/base_url'
import { bePatient } from '#tests/support/be_patient'
import { launchChromium } from '#tests/support/launch_chromium'
import { leaveNothingDue } from '#tests/support/leave_nothing_due'
import { LentRunners } from '#tests/support/lent_runners'
import { onSqliteAlone } from '#tests/support/on_sqlite_alone'

/** What a person waits for on a page: a busy machine may take as long. */
const PAGE_PATIENCE = 120_000

export function plugins(app: ApplicationService): Config['plugins'] {
  decoratorsCollection.register({ context: (context) => context.setDefaultTimeout(PAGE_PATIENCE) })
  return [
    assert(),
    pluginAdonisJS(app, { baseURL: baseUrl() }),
    browserClient({
      runInSuites: ['browser'],
      launcher: launchChromium,
      contextOptions: { baseURL: baseUrl(), viewport: { width: 1440, height: 900 } },
    }),
  ]
}

export const hooks: Required<Pick<Config, 'setup' | 'teardown'>> = {
  setup: [bePatient, () => testUtils.db().migrate()],
  teardown: [() => LentRunners.end()],
}

const isNamed = (path: string, words: string[]) => words.some((word) => path.includes(word))

const isForThisDatabase = (path: string) =>
  process.env.DB_CONNECTION !== 'mysql' || !onSqliteAlone.includes(path)

/** The suites by name. Words keep the files whose path holds one of them. */
export function suitesOf(names: string[], words: string[]): TestSuite[] {
  return names.map((name) => ({
    name,
    timeout: name === 'browser' ? 120_000 : 60_000,
    files: () =>
      globSync(`tests/${name}/**/*.spec.ts`)
        .filter((path) => (words.length === 0 ? isForThisDatabase(path) : isNamed(path, words)))
        .sort()
        .map((path) => pathToFileURL(path)),
    configure(suite) {
      suite.setup(() => testUtils.httpServer().start())
      suite.onGroup((group) => group.teardown(leaveNothingDue))
    },
  }))
}
