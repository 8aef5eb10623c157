import { test } from '@japa/runner'
import { runFile } from '#tests/support/run_command'

test.group('A commit on SQLite', () => {
  test('waits for the disk, on every server that is not a test', async ({ assert }) => {
    for (const NODE_ENV of ['production', 'development']) {
      const { stdout, stderr } = await runFile('tests/support/show_synchronous.ts', [], {
        NODE_ENV,
      })
      assert.equal(stdout.trim(), '{"synchronous":2}', stderr)
    }
  }).timeout(60_000)
})
