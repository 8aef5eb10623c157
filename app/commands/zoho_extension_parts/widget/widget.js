/* Runs in Zoho's page. config.js sets crossdockExtension, Zoho's own script sets ZOHO. */
const { ZOHO, crossdockExtension: own } = globalThis
const part = (id) => document.getElementById(id)

function say(text) {
  part('message').textContent = text
}

/** One record is a text in some places and a list in others; a web tab has none. */
function selectedOf(page) {
  return {
    module: page?.Entity ?? '',
    ids: [].concat(page?.EntityId ?? []).map(String),
  }
}

async function placeOf() {
  const [info, me] = await Promise.all([
    ZOHO.CRM.CONFIG.getOrgInfo(),
    ZOHO.CRM.CONFIG.getCurrentUser(),
  ])
  const org = [].concat(info.org ?? info)[0] ?? {}
  const user = [].concat(me.users ?? me)[0] ?? {}
  return {
    orgId: String(org.zgid ?? ''),
    user: { id: String(user.id ?? ''), name: user.full_name ?? null },
  }
}

async function post(body) {
  const reply = await fetch(own.url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  return reply.json()
}

/** By a connection of Zoho's, whose own servers ask ours. */
async function invoke(body) {
  const reply = await ZOHO.CRM.CONNECTION.invoke(own.connection, {
    url: own.url,
    method: 'POST',
    param_type: 2,
    parameters: body,
    headers: { 'Content-Type': 'application/json' },
  })
  const answer = reply.details?.statusMessage ?? reply
  return typeof answer === 'string' ? JSON.parse(answer) : answer
}

function open({ link }) {
  const address = new URL(link, own.url).href
  part('window').href = address
  part('window').hidden = false
  part('dashboard').src = address
  part('dashboard').hidden = false
}

async function start(page) {
  const selected = selectedOf(page)
  if (selected.module === '' || selected.ids.length === 0) {
    say('No records are selected. Select some in a list, then press the button again.')
    return
  }
  const body = { ...selected, ...(await placeOf()) }
  const answer = await (own.connection ? invoke(body) : post(body))
  if (!answer.link) throw new Error(answer.error ?? 'The server gave no link.')
  const { length } = selected.ids
  say(length === 1 ? '1 record selected' : `${length} records selected`)
  open(answer)
}

function widen() {
  return ZOHO.CRM.UI.Resize({ width: '1100', height: '720' }).catch((error) => {
    console.info('This place cannot be made larger', error)
  })
}

if (ZOHO === undefined) {
  say('Zoho’s own script did not load: open this page from Zoho CRM.')
} else {
  // It must be there before init, which sends it.
  ZOHO.embeddedApp.on('PageLoad', (page) => {
    widen()
    start(page).catch((error) => say(`That did not work. ${error.message}`))
  })
  ZOHO.embeddedApp.init()
}
