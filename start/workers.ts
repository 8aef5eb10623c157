import app from '@adonisjs/core/services/app'
import { appUrl } from '#config/app'
import { CreditBooks } from '#domain/connections/credit_books'
import { LookOut } from '#domain/alerts/look_out'
import { DeliveryDesk } from '#domain/deliveries/delivery_desk'
import { migrationState, migrationTrouble } from '#domain/migration_state'
import { Clock } from '#domain/runs/clock'
import { Dispatcher } from '#domain/runs/dispatcher'
import { RetentionKeeper } from '#domain/runs/retention_keeper'
import { PreviewSweep } from '#domain/runs/preview_sweep'
import SetupLink from '#domain/tenants/setup_link'
import User from '#domain/tenants/user'
import { OpenWork } from '#workers/open_work'

/** The server's own work beside answering requests: runner threads, and the clock that starts and reaps runs. */
const dispatcher = new Dispatcher()
const desk = new DeliveryDesk()
const lookOut = new LookOut()
const books = new CreditBooks()
const previews = new PreviewSweep()
const keeper = new RetentionKeeper()
const clock = new Clock(dispatcher, [
  () => desk.turn(),
  () => lookOut.turn(),
  () => books.turn(),
  () => previews.turn(),
  () => keeper.turn(),
])

const opening = new OpenWork()

app.ready(async () => {
  if (!(await opening.add(open()))) await app.terminate()
})

app.terminating(async () => {
  // Work that came after the database is closed would open it again, and the process would never end.
  await opening.settled()
  await clock.stop()
  await dispatcher.close()
  await desk.settled()
  await lookOut.settled()
  await books.settled()
})

/** False where there is nothing to work with. */
async function open(): Promise<boolean> {
  const trouble = migrationTrouble(await migrationState())
  if (trouble !== null) {
    process.stderr.write(`✖ ${trouble}\n`)
    process.exitCode = 1
    return false
  }
  dispatcher.open()
  await dispatcher.startThreads()
  await desk.open()
  await clock.start()
  if ((await User.query().first()) === null) await greetFirstVisitor()
  return true
}

async function greetFirstVisitor(): Promise<void> {
  const token = await SetupLink.issue()
  process.stdout.write(
    `\nNobody can sign in yet. Make the operator's account within a day, by this link that works once:\n  ${appUrl}/setup/${token}\n\n`
  )
}
