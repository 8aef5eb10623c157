import 'reflect-metadata'
import { Ignitor, prettyPrintError } from '@adonisjs/core'
import { configure, processCLIArgs, run } from '@japa/runner'
import { appRoot, importFrom } from './app_root.js'
import { buildPages } from '../tests/support/build_pages.js'
import { useBuiltPages } from '../tests/support/use_built_pages.js'
import { prepareTestEnvironment } from '../tests/support/test_environment.js'

/**
 * Runs the tests that boot the server: `bin/test.ts [functional|browser] [words]`. Words keep the
 * files whose path holds one of them.
 */
const suites = ['functional', 'browser']
const args = process.argv.slice(2)
const isFlag = (arg: string) => arg.startsWith('-')
const wanted = suites.filter((suite) => args.includes(suite))
const words = args.filter((arg) => !isFlag(arg) && !suites.includes(arg))

buildPages()
const removeTestEnvironment = await prepareTestEnvironment()

new Ignitor(appRoot, { importer: importFrom })
  .tap((app) => {
    app.booting(async () => {
      await import('#start/env')
    })
    app.booted(useBuiltPages)
    app.listen('SIGTERM', () => app.terminate())
    app.listen('SIGINT', () => app.terminate())
  })
  .testRunner()
  .configure(async (app) => {
    const { plugins, hooks, suitesOf } = await import('../tests/bootstrap.js')
    processCLIArgs(args.filter(isFlag))
    configure({
      suites: suitesOf(wanted.length > 0 ? wanted : suites, words),
      plugins: plugins(app),
      setup: hooks.setup,
      teardown: [...hooks.teardown, () => app.terminate(), removeTestEnvironment],
      timeout: 30_000,
      forceExit: true,
    })
  })
  .run(() => run())
  .catch(async (error: unknown) => {
    process.exitCode = 1
    await removeTestEnvironment()
    return prettyPrintError(error)
  })
