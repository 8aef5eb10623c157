import 'reflect-metadata'
import { Ignitor, prettyPrintError } from '@adonisjs/core'
import { appRoot, importFrom } from './app_root.js'

new Ignitor(appRoot, { importer: importFrom })
  .tap((app) => {
    app.booting(async () => {
      await import('#start/env')
    })
    // Before there is anything to end in order, an app that is told to terminate goes on starting.
    let isBooted = false
    app.booted(() => {
      isBooted = true
    })
    const end = () => (isBooted ? app.terminate() : process.exit())
    app.listen('SIGTERM', end)
    app.listen('SIGINT', end)
  })
  .httpServer()
  .start()
  .catch(async (error: unknown) => {
    const sentence = sentenceOf(error)
    if (sentence === null) await prettyPrintError(error)
    else process.stderr.write(`✖ ${sentence}\n`)
    process.exit(1)
  })

/** What a person can mend gets a sentence; anything else is shown as it is. */
function sentenceOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null
  if (error.code === 'EADDRINUSE' && 'port' in error) {
    return `Port ${error.port} is in use: end what listens there, or set another PORT in .env`
  }
  if (error.code === 'EACCES' && 'port' in error) {
    return `Port ${error.port} may not be used by this user: set a PORT above 1023 in .env`
  }
  return null
}
