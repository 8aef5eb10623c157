import 'reflect-metadata'
import { Ignitor, prettyPrintError } from '@adonisjs/core'
import { appRoot, importFrom } from './app_root.js'

new Ignitor(appRoot, { importer: importFrom })
  .tap((app) => {
    app.booting(async () => {
      await import('#start/env')
    })
    app.listen('SIGTERM', () => app.terminate())
    app.listen('SIGINT', () => app.terminate())
  })
  .ace()
  .handle(process.argv.slice(2))
  .catch((error: unknown) => {
    process.exitCode = 1
    return prettyPrintError(error)
  })
