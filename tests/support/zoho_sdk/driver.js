import dns from 'node:dns'
import { attachments } from './actions/attachments.js'
import { bulkRead } from './actions/bulk_read.js'
import { bulkWrite } from './actions/bulk_write.js'
import { metadata } from './actions/metadata.js'
import { notes } from './actions/notes.js'
import { notifications } from './actions/notifications.js'
import { records } from './actions/records.js'
import { describeError } from './describe_object.js'
import { loadSdk, signIn } from './open_sdk.js'

// A simulator that names another host must not lead the SDK out of this machine.
dns.lookup = (host, _options, done) => done(new Error(`The SDK would have called ${host}.`))

const [folder, scratch] = process.argv.slice(2)
const sdk = { ...loadSdk(folder), scratch }
const actions = {
  ...records,
  ...bulkRead,
  ...bulkWrite,
  ...attachments,
  ...notes,
  ...notifications,
  ...metadata,
}

async function answer({ name, args }) {
  try {
    if (name === 'signIn') return { told: await signIn(sdk, args) }
    return { told: await actions[name](sdk, args) }
  } catch (error) {
    return { fault: describeError(error) }
  }
}

process.on('message', async (asked) => process.send({ id: asked.id, ...(await answer(asked)) }))
