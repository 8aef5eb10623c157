import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { PluginFault, loadConnector, readManifest } from '#workers/load_plugin'

const SOUND = {
  name: 'thing',
  title: 'Thing',
  kind: 'connector',
  version: '1.0.0',
  sdk: '^1.0.0',
  publisher: 'tests',
  description: 'A thing',
  entry: 'connector.js',
  hosts: [],
  permissions: [],
  icon: 'box',
  categories: [],
}

const WRONG: Array<[name: string, text: string, words: RegExp]> = [
  ['no JSON', '{ "name": ', /is not JSON/],
  ['a list', '[]', /must hold one object/],
  ['another name', JSON.stringify({ ...SOUND, name: 'other' }), /"name" must be.*"thing"/],
  ['another kind', JSON.stringify({ ...SOUND, kind: 'template' }), /"kind" must be "connector"/],
  ['no version', JSON.stringify({ ...SOUND, version: '1' }), /"version" must be like/],
  ['an sdk to come', JSON.stringify({ ...SOUND, sdk: '^2.0.0' }), /"sdk" must be a range/],
  [
    'hosts that are no list',
    JSON.stringify({ ...SOUND, hosts: 'a.com' }),
    /"hosts" must be a list/,
  ],
  [
    'an unknown permission',
    JSON.stringify({ ...SOUND, permissions: ['root'] }),
    /"permissions" may/,
  ],
  ['no entry', JSON.stringify({ ...SOUND, entry: '' }), /"entry" must be a text/],
]

function pluginsWith(cleanup: (work: () => void) => void, manifest: string): string {
  const root = mkdtempSync(join(tmpdir(), 'crossdock-plugins-'))
  cleanup(() => rmSync(root, { recursive: true }))
  mkdirSync(join(root, 'connectors', 'thing'), { recursive: true })
  writeFileSync(join(root, 'connectors', 'thing', 'plugin.json'), manifest)
  return root
}

const faultOf = (work: Promise<unknown>) => work.catch((error: unknown) => error)

test.group('A manifest', () => {
  test('that is sound is read', async ({ assert, cleanup }) => {
    const root = pluginsWith(cleanup, JSON.stringify(SOUND))
    assert.deepInclude(await readManifest(root, 'connector', 'thing'), { title: 'Thing' })
  })

  for (const [name, text, words] of WRONG) {
    test(`with ${name} is refused by file and cause`, async ({ assert, cleanup }) => {
      const root = pluginsWith(cleanup, text)
      const fault = await faultOf(readManifest(root, 'connector', 'thing'))
      assert.instanceOf(fault, PluginFault)
      assert.match(String(fault), words)
      assert.include(String(fault), 'plugins/connectors/thing/plugin.json')
    })
  }

  test('whose entry leaves its folder is not loaded', async ({ assert, cleanup }) => {
    const root = pluginsWith(cleanup, JSON.stringify({ ...SOUND, entry: '../../evil.js' }))
    const fault = await faultOf(loadConnector(root, 'thing'))
    assert.match(String(fault), /outside its folder/)
  })

  test('that is missing is said to be missing', async ({ assert, cleanup }) => {
    const root = pluginsWith(cleanup, JSON.stringify(SOUND))
    assert.match(
      String(await faultOf(readManifest(root, 'connector', 'nosuch'))),
      /no connector "nosuch"/
    )
  })
})
