import { statSync } from 'node:fs'
import { test } from '@japa/runner'
import type { Group } from '@japa/runner/core'
import { BootstrapSandbox } from '#tests/support/bootstrap_sandbox'

declare module '@japa/runner/core' {
  interface TestContext {
    sandbox: BootstrapSandbox
  }
}

function sandboxed(group: Group) {
  group.each.setup(($test) => {
    const sandbox = new BootstrapSandbox()
    $test.context.sandbox = sandbox
    return () => sandbox.remove()
  })
}

test.group('Bootstrap, first time', (group) => {
  sandboxed(group)

  test('installs, makes keys, migrates, then does what was asked', async ({ assert, sandbox }) => {
    const { code, stdout } = await sandbox.run(['ace', 'service:run', 'orders'])
    assert.equal(code, 0)
    assert.match(stdout, /✔ installs the packages by the lockfile … \d+\.\d s/)
    assert.match(stdout, /✔ makes \.env with fresh keys … /)
    assert.match(stdout, /✔ brings the database up to date … /)
    assert.deepEqual(sandbox.lines('ace_calls'), ['migration:run --force', 'service:run orders'])
  })

  test('keeps stdout clean for --json', async ({ assert, sandbox }) => {
    const { stdout, stderr } = await sandbox.run(['ace', 'run:show', '1', '--json'])
    assert.deepEqual(JSON.parse(stdout), { args: ['run:show', '1', '--json'] })
    assert.include(stderr, '✔ installs')
  })

  test('makes keys that nobody else has, for the owner alone', async ({ assert, sandbox }) => {
    await sandbox.run(['ace', 'list'])
    const other = new BootstrapSandbox()
    await other.run(['ace', 'list'])
    const [keys, others] = [sandbox.lines('.env'), other.lines('.env')]
    other.remove()
    assert.equal(statSync(sandbox.path('.env')).mode & 0o777, 0o600)
    assert.notDeepEqual(keys, others)
    const [, , appKey, masterKey] = keys.map((line) => line.slice(line.indexOf('=') + 1))
    assert.isAtLeast(appKey.length, 32)
    assert.lengthOf(Buffer.from(masterKey, 'base64'), 32)
  })

  test('two at once install once', async ({ assert, sandbox }) => {
    const runs = await Promise.all([
      sandbox.run(['ace', 'a']),
      sandbox.run(['ace', 'b']),
      sandbox.run(['ace', 'c']),
    ])
    assert.deepEqual(
      runs.map(({ code }) => code),
      [0, 0, 0]
    )
    assert.lengthOf(sandbox.lines('npm_calls'), 1)
  })
})

test.group('Bootstrap, again', (group) => {
  sandboxed(group)

  test('does nothing twice, and says nothing of it', async ({ assert, sandbox }) => {
    await sandbox.run(['ace', 'a'])
    const { stdout } = await sandbox.run(['ace', 'b'])
    assert.equal(stdout, '{"args":["b"]}\n')
    assert.lengthOf(sandbox.lines('npm_calls'), 1)
    assert.deepEqual(sandbox.lines('ace_calls'), ['migration:run --force', 'a', 'b'])
  })

  test('installs anew when the lockfile changed', async ({ assert, sandbox }) => {
    await sandbox.run(['ace', 'a'])
    sandbox.lock('1.0.1')
    await sandbox.run(['ace', 'a'])
    assert.lengthOf(sandbox.lines('npm_calls'), 2)
  })

  test('trusts an install by hand that holds what the lockfile says', async ({
    assert,
    sandbox,
  }) => {
    await sandbox.run(['ace', 'a'])
    sandbox.lock('2.0.0')
    sandbox.write('node_modules/.package-lock.json', sandbox.lines('package-lock.json').join(''))
    await sandbox.run(['ace', 'a'])
    assert.lengthOf(sandbox.lines('npm_calls'), 1)
  })

  test('migrates when a migration was added, and when the database is gone', async ({
    assert,
    sandbox,
  }) => {
    await sandbox.run(['ace', 'a'])
    sandbox.write('database/migrations/2.ts', 'export {}')
    await sandbox.run(['ace', 'a'])
    sandbox.write('.env', `DATA_DIR=elsewhere\n${sandbox.lines('.env').join('\n')}`)
    await sandbox.run(['ace', 'a'])
    const migrations = sandbox.lines('ace_calls').filter((call) => call.startsWith('migration'))
    assert.lengthOf(migrations, 3)
  })

  test('leaves an .env alone', async ({ assert, sandbox }) => {
    const own = ['PORT=4000', 'APP_KEY=mine', 'MASTER_KEY=mine']
    sandbox.write('.env', `${own.join('\n')}\n`)
    await sandbox.run(['ace', 'a'])
    assert.deepEqual(sandbox.lines('.env'), own)
  })
})
