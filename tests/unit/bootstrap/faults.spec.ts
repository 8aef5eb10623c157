import { once } from 'node:events'
import { rmSync, symlinkSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { test } from '@japa/runner'
import { BootstrapSandbox, type SandboxRun } from '#tests/support/bootstrap_sandbox'

const stack = /\n\s+at /

async function inSandbox(work: (sandbox: BootstrapSandbox) => Promise<void>): Promise<void> {
  const sandbox = new BootstrapSandbox()
  try {
    await work(sandbox)
  } finally {
    sandbox.remove()
  }
}

const said = ({ stdout, stderr }: SandboxRun) => stdout + stderr

const PROGRAMS = ['mariadbd', 'redis-server', 'chromium-headless-shell', 'postgres']
/** Debian's own, which the stand-ins call. */
const TOOLS = ['cp', 'ln', 'mkdir']

/** Ends once the run on the other database has begun as well. */
const meetsTheOther = `
import { existsSync, writeFileSync } from 'node:fs'
const mine = process.env.DB_CONNECTION
const other = mine === 'mysql' ? 'sqlite' : 'mysql'
console.log(mine, 'begins')
writeFileSync('begun-' + mine, '')
for (let tries = 0; !existsSync('begun-' + other); tries++) {
  if (tries === 4000) process.exit(1)
  await new Promise((resolve) => setTimeout(resolve, 50))
}
console.log(mine, 'met', other)
process.exit(1)
`

test.group('Bootstrap, when something is wrong', () => {
  test('npm ci fails: says so, with what npm said', ({ assert }) =>
    inSandbox(async (sandbox) => {
      const run = await sandbox.run(['start'], { FAKE_NPM_FAILS: '1' })
      assert.equal(run.code, 1)
      assert.match(run.stderr, /✖ The packages could not be installed .* npm error code E404/s)
      assert.notMatch(said(run), stack)
    }))

  test('no npm: says where it comes from', ({ assert }) =>
    inSandbox(async (sandbox) => {
      rmSync(sandbox.path('programs/npm'))
      const run = await sandbox.run(['start'], { PATH: sandbox.path('programs') })
      assert.equal(run.code, 1)
      assert.match(run.stderr, /✖ There is no npm on the PATH/)
    }))

  test('inside another run nothing is installed', ({ assert }) =>
    inSandbox(async (sandbox) => {
      const run = await sandbox.run(['ace', 'a'], { CROSSDOCK_BOOTSTRAP: '1' })
      assert.equal(run.code, 1)
      assert.match(run.stderr, /run `npm ci` first/)
      assert.lengthOf(sandbox.lines('npm_calls'), 0)
    }))

  test('a database newer than the code: passes on what the app says', ({ assert }) =>
    inSandbox(async (sandbox) => {
      const run = await sandbox.run(['ace', 'a'], { FAKE_MIGRATION_FAILS: '1' })
      assert.equal(run.code, 1)
      assert.include(run.stderr, 'it said:\n  The database is newer than the code.\nCheck')
      assert.notMatch(said(run), stack)
    }))

  for (const [keys, what] of [
    ['APP_KEY=\nMASTER_KEY=\n', 'APP_KEY and MASTER_KEY in .env are empty'],
    ['APP_KEY=mine\n', 'MASTER_KEY in .env is empty'],
  ]) {
    test(`${what}: says how to get them`, ({ assert }) =>
      inSandbox(async (sandbox) => {
        sandbox.write('.env', keys)
        const run = await sandbox.run(['ace', 'a'])
        assert.equal(run.code, 1)
        assert.include(run.stderr, `✖ ${what}. In a new installation put .env aside`)
        assert.notExists(sandbox.lines('ace_calls').at(0))
        const given = await sandbox.run(['ace', 'a'], { APP_KEY: 'mine', MASTER_KEY: 'mine' })
        assert.equal(given.code, 0)
      }))
  }

  test('a port in use: names it', ({ assert }) =>
    inSandbox(async (sandbox) => {
      const server = createServer().listen(0, '127.0.0.1')
      await once(server, 'listening')
      const { port } = server.address() as AddressInfo
      sandbox.write('vite.config.ts', '')
      sandbox.write('.env', `HOST=127.0.0.1\nPORT=${port}\nAPP_KEY=mine\nMASTER_KEY=mine\n`)
      sandbox.write('node_modules/vite/bin/vite.js', '')
      sandbox.write('public/assets/app.js', '')
      const run = await sandbox.run(['start'])
      server.close()
      assert.equal(run.code, 1)
      assert.match(run.stderr, new RegExp(`✖ Port ${port} on 127.0.0.1 is in use`))
    }))

  test('an unknown verb: lists the known ones', ({ assert }) =>
    inSandbox(async (sandbox) => {
      const run = await sandbox.run(['serve'])
      assert.equal(run.code, 1)
      assert.match(run.stderr, /no verb "serve".*start \| demo \| test \| bench \| ace/)
    }))
})

test.group('Bootstrap, running a program', () => {
  test('keeps the exit code', ({ assert }) =>
    inSandbox(async (sandbox) => {
      await sandbox.run(['ace', 'a'])
      const { code } = await sandbox.run(['ace', 'a'], { FAKE_EXIT: '2' })
      assert.equal(code, 2)
    }))

  test('passes a signal on to the server and ends with it', ({ assert }) =>
    inSandbox(async (sandbox) => {
      sandbox.write('vite.config.ts', '')
      sandbox.write('node_modules/vite/bin/vite.js', '')
      sandbox.write('public/assets/app.js', '')
      sandbox.write(
        'bin/server.ts',
        "process.on('SIGTERM', () => process.exit(7)); setInterval(() => {}, 1000); console.log('serving')"
      )
      const child = sandbox.start(['start'])
      const ended = once(child, 'exit')
      for await (const part of child.stdout!) if (String(part).includes('serving')) break
      child.kill('SIGTERM')
      assert.deepEqual(await ended, [7, null])
    }))

  test('ends the server when npm was ended without a word to us', ({ assert }) =>
    inSandbox(async (sandbox) => {
      sandbox.write('vite.config.ts', '')
      sandbox.write('node_modules/vite/bin/vite.js', '')
      sandbox.write('public/assets/app.js', '')
      sandbox.program('node', `#!/bin/sh\nexec "$REAL_NODE" "$@"\n`)
      const npm = sandbox.shell('node bin/bootstrap.js start; true', {
        npm_lifecycle_event: 'start',
      })
      for await (const part of npm.stdout!) if (String(part).includes('serving')) break
      const closed = once(npm, 'close')
      npm.kill('SIGKILL')
      npm.stdout!.resume()
      await closed
      assert.equal(npm.signalCode, 'SIGKILL')
    }))

  test('npm test runs every step, and its last line holds the sums', ({ assert }) =>
    inSandbox(async (sandbox) => {
      for (const name of PROGRAMS) sandbox.program(name)
      const run = await sandbox.run(['test'])
      assert.equal(run.code, 1)
      assert.equal((run.stdout.match(/^✖ (format|lint|types|browser)/gm) ?? []).length, 5)
      assert.match(run.stdout, /\n\n0 passed, \d+ failed\n$/)
    })).timeout(60_000)

  test('npm test runs both databases at once, and keeps what each says together', ({ assert }) =>
    inSandbox(async (sandbox) => {
      for (const name of PROGRAMS) sandbox.program(name)
      for (const folder of ['functional', 'browser']) sandbox.write(`tests/${folder}/a.ts`, '')
      sandbox.write('bin/test.ts', meetsTheOther)
      const { code, stdout } = await sandbox.run(['test'])
      assert.equal(code, 1)
      assert.include(stdout, 'mysql begins\nmysql met sqlite\n')
      assert.include(stdout, 'sqlite begins\nsqlite met mysql\n')
    })).timeout(60_000)

  test('a whole Chromium does where its shell cannot be installed', ({ assert }) =>
    inSandbox(async (sandbox) => {
      for (const name of ['redis-server', 'postgres', 'apt-get']) sandbox.program(name)
      for (const tool of TOOLS) symlinkSync(`/bin/${tool}`, sandbox.path(`programs/${tool}`))
      sandbox.write('tests/browser/a.ts', '')
      sandbox.write('bin/test.ts', "console.log('looked at the pages')")
      const env = { PATH: sandbox.path('programs') }
      const without = await sandbox.run(['test'], env)
      assert.match(without.stdout, /– browser: not run, chromium-headless-shell is not installed/)
      sandbox.program('chromium')
      const standIn = await sandbox.run(['test'], env)
      assert.include(standIn.stdout, 'looked at the pages')
    })).timeout(60_000)

  test("Zoho's own SDK cannot be installed: one line says why, and the tests are told", ({
    assert,
  }) =>
    inSandbox(async (sandbox) => {
      for (const name of PROGRAMS) sandbox.program(name)
      await sandbox.run(['ace', 'a'])
      sandbox.program('npm', '#!/bin/sh\necho "npm error code E404" >&2\nexit 1\n')
      for (const name of ['package.json', 'package-lock.json']) {
        sandbox.write(`tests/support/zoho_sdk/package/${name}`, '{}')
      }
      for (const folder of ['tests/unit/a', 'tests/contract']) sandbox.write(`${folder}/a.ts`, '')
      sandbox.write('bin/unit.ts', "console.log('told:', process.env.CROSSDOCK_ZOHO_SDK_ABSENT)")
      const { stdout } = await sandbox.run(['test'])
      const why = 'it could not be installed (npm ci ended with 1: code E404)'
      const lines = stdout.split('\n').filter((line) => line.includes("Zoho's own SDK"))
      assert.lengthOf(lines, 1)
      assert.include(lines[0], `– contract test with Zoho's own SDK: skipped, ${why} … `)
      assert.include(stdout, `told: ${why}\n`)
    })).timeout(60_000)
})
