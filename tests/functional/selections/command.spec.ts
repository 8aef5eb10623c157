import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from '@japa/runner'
import crossdock from '#config/crossdock'
import Extension from '#domain/selections/extension'
import { givenConnection, givenTenant } from '#tests/support/app'
import { runCommand } from '#tests/support/run_command'

test.group('zoho:extension', () => {
  test('packs for an org that is known, at an address that Zoho’s pages may ask', async ({
    assert,
  }) => {
    const tenant = await givenTenant()
    const zoho = { connector: 'zoho_crm', settings: {} }
    await givenConnection(tenant, { ...zoho, name: 'new' })
    const known = await givenConnection(tenant, { ...zoho, name: 'zoho', identity: '9001' })
    const file = join(crossdock.dataRoot, 'packed.zip')
    const pack = (...more: string[]) =>
      runCommand('zoho:extension', `--tenant=${tenant.slug}`, `--out=${file}`, '--json', ...more)

    const refusals: Array<[string[], RegExp]> = [
      [[], /--connection=NAME; there are: new, zoho/],
      [['--connection=new', '--server=https://x.example.com'], /not known yet/],
      [['--connection=zoho', '--server=http://x.example.com'], /https address/],
    ]
    for (const [flags, why] of refusals) {
      const { code, stdout } = await pack(...flags)
      assert.equal(code, 1)
      assert.match(stdout, why)
    }
    await assert.rejects(() => access(file))

    const said = await pack('--connection=zoho', '--server=https://x.example.com/')
    assert.equal(said.code, 0, said.stdout + said.stderr)
    await access(file)
    const extension = await Extension.findByOrFail('connectionId', known.id)
    const { key, signing } = await extension.secrets()
    for (const secret of [key, signing]) assert.notInclude(said.stdout + said.stderr, secret)
    const gone = await pack('--connection=zoho', '--revoke')
    assert.deepEqual(JSON.parse(gone.stdout), { revoked: true })
    assert.isNull(await Extension.findByKey(key))
  }).timeout(90_000)
})
