import { spawn } from 'node:child_process'
import { once } from 'node:events'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { parse } from 'yaml'
import { runCommand } from '#tests/support/run_command'

const LOADER = import.meta.resolve('@poppinss/ts-exec')

interface Said {
  url: string
  connection: string
  environment: Record<string, string>
  browser: { authorizeUrl: string; people: { email: string }[] }
}

/** `zoho:simulate` as a person starts it, on a free port: what it says, once it is there. */
async function simulate(cleanup: (close: () => Promise<void>) => void, ...args: string[]) {
  const child = spawn(
    process.execPath,
    [`--import=${LOADER}`, '--no-warnings', app.makePath('ace.js'), 'zoho:simulate', ...args],
    { cwd: app.makePath(), stdio: ['ignore', 'pipe', 'inherit'], env: process.env }
  )
  cleanup(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'close')
    child.kill()
    await gone
  })
  let text = ''
  child.stdout.setEncoding('utf8')
  for await (const part of child.stdout) {
    text += part
    if (args.includes('--json') ? text.trimEnd().endsWith('}') : text.includes('Ctrl+C')) break
  }
  return text
}

/** An access token by what the command printed. */
async function tokenBy({ url, environment }: Said) {
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: environment.ZOHO_CLIENT_ID,
    client_secret: environment.ZOHO_CLIENT_SECRET,
    refresh_token: environment.ZOHO_REFRESH_TOKEN,
  })
  const granted = await fetch(`${url}/oauth/v2/token`, { method: 'POST', body })
  const { access_token: token } = (await granted.json()) as { access_token: string }
  return token
}

test.group('zoho:simulate', (group) => {
  group.each.timeout(120_000)

  test('says as JSON how to connect, and serves what it was asked for', async (context) => {
    const { assert, cleanup } = context
    const flags = ['--edition=free', '--seed=7', '--users=3', '--location=eu', '--token-life=60']
    const said = JSON.parse(await simulate(cleanup, '--port=0', '--json', ...flags)) as Said
    assert.deepEqual(parse(said.connection), {
      name: 'zoho',
      connector: 'zoho_crm',
      settings: { accountsUrl: said.url, uploadUrl: said.url },
      secrets: {
        clientId: '$ZOHO_CLIENT_ID',
        clientSecret: '$ZOHO_CLIENT_SECRET',
        refreshToken: '$ZOHO_REFRESH_TOKEN',
      },
    })
    const headers = { authorization: `Zoho-oauthtoken ${await tokenBy(said)}` }
    const org = await fetch(`${said.url}/crm/v8/org`, { headers })
    assert.equal(org.status, 200)
    const shown = await fetch(`${said.url}/__simulator/config`)
    const config = (await shown.json()) as object
    const asked = { edition: 'free', seed: 7, users: 3, location: 'eu', tokenLifeSeconds: 60 }
    assert.deepInclude(config, asked)
    const stats = await fetch(`${said.url}/__simulator/stats`)
    const { credits } = (await stats.json()) as { credits: { limit: number } }
    assert.equal(credits.limit, 5_000)
    const { status } = await fetch(said.browser.authorizeUrl)
    assert.equal(status, 400)
    assert.include(
      said.browser.people.map(({ email }) => email),
      'sim.admin@example.com'
    )
  })

  test('says the same in words, and refuses what cannot be', async ({ assert, cleanup }) => {
    const text = await simulate(cleanup, '--port=0')
    const url = /simulated at (http:\/\/127\.0\.0\.1:\d+)/.exec(text)?.[1] ?? ''
    assert.include(text, `accountsUrl: '${url}'`)
    assert.include(text, 'ZOHO_REFRESH_TOKEN=1000.')
    assert.include(text, `EGRESS_ALLOW=${new URL(url).host}`)
    const { code, stderr } = await runCommand('zoho:simulate', '--edition=gold')
    assert.equal(code, 1)
    assert.match(stderr, /--edition must be one of free, .*not "gold"/)
  })
})
