import 'reflect-metadata'
import { Ignitor } from '@adonisjs/core'
import { appRoot, importFrom } from '../../bin/app_root.js'

/** Prints how hard a server's connection to SQLite waits for the disk: 0 not at all, 2 fully. */
const app = new Ignitor(appRoot, { importer: importFrom })
  .tap((made) => {
    made.booting(async () => {
      await import('#start/env')
    })
  })
  .createApp('console')
await app.init()
await app.boot()
const { default: db } = await import('@adonisjs/lucid/services/db')
const [row] = await db.connection('sqlite').rawQuery('pragma synchronous')
process.stdout.write(`${JSON.stringify(row)}\n`)
await app.terminate()
