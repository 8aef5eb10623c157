import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test } from '@japa/runner'
import { tenantFiles } from '#workers/tenant_files'

test('A tenant opens its own files and no others', async ({ assert, cleanup }) => {
  const root = mkdtempSync(join(tmpdir(), 'crossdock-files-'))
  cleanup(() => rmSync(root, { recursive: true }))
  for (const tenant of ['mine', 'mine-too']) mkdirSync(join(root, tenant))
  writeFileSync(join(root, 'mine', 'a.csv'), 'mine')
  writeFileSync(join(root, 'mine-too', 'b.csv'), 'theirs')
  symlinkSync(join(root, 'mine-too', 'b.csv'), join(root, 'mine', 'link.csv'))
  const files = tenantFiles(join(root, 'mine'))

  assert.equal(await text(await files.openFile('a.csv')), 'mine')
  for (const name of ['../mine-too/b.csv', '/etc/hostname', 'link.csv', '.', '']) {
    await assert.rejects(() => files.openFile(name), /outside the files of this tenant/)
    await assert.rejects(() => files.filePath(name), /outside the files of this tenant/)
  }
  await assert.rejects(() => files.filePath('none.csv'), /no file "none.csv"/)
})
