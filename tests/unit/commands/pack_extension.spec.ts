import { text } from 'node:stream/consumers'
import { test } from '@japa/runner'
import { fromBufferPromise } from 'yauzl'
import { packExtension } from '#commands/zoho_extension_parts/pack_extension'

const URL_WITH_KEY = 'https://crossdock.example.com/extension/k-1_2/selections'

async function unpack(zip: Buffer): Promise<Map<string, string>> {
  const opened = await fromBufferPromise(zip)
  const files = new Map<string, string>()
  for await (const entry of opened.eachEntry()) {
    files.set(entry.fileName, await text(await opened.openReadStreamPromise(entry)))
  }
  return files
}

test.group('The packed extension', () => {
  test('has the manifest, the widget and its words where the toolkit puts them', async ({
    assert,
  }) => {
    const files = await unpack(await packExtension({ url: URL_WITH_KEY, connection: null }))
    assert.deepEqual(
      [...files.keys()],
      [
        'plugin-manifest.json',
        'app/widget.html',
        'app/widget.js',
        'app/config.js',
        'app/translations/en.json',
      ]
    )
    assert.deepEqual(JSON.parse(files.get('plugin-manifest.json') ?? ''), { service: 'CRM' })
    assert.deepEqual(JSON.parse(files.get('app/translations/en.json') ?? ''), {})
  })

  test('loads Zoho’s own script before its own, and registers before init', async ({ assert }) => {
    const files = await unpack(await packExtension({ url: URL_WITH_KEY, connection: null }))
    const sources = [...(files.get('app/widget.html') ?? '').matchAll(/src="([^"]+)"/g)]
    assert.deepEqual(
      sources.map(([, source]) => source),
      ['https://live.zwidgets.com/js-sdk/1.5/ZohoEmbededAppSDK.min.js', 'config.js', 'widget.js']
    )
    const widget = files.get('app/widget.js') ?? ''
    assert.isBelow(widget.indexOf("embeddedApp.on('PageLoad'"), widget.indexOf('.init()'))
    assert.isAbove(widget.indexOf("embeddedApp.on('PageLoad'"), 0)
  })

  test('its config is a script that sets what it was given, and ends nothing', async ({
    assert,
  }) => {
    const config = { url: URL_WITH_KEY, connection: '</script><b>' }
    const files = await unpack(await packExtension(config))
    const script = files.get('app/config.js') ?? ''
    assert.notInclude(script, '</script')
    const json = script.replace(/^globalThis\.crossdockExtension = /, '')
    assert.deepEqual(JSON.parse(json), config)
  })

  test('equal contents are equal files', async ({ assert }) => {
    const pack = () => packExtension({ url: URL_WITH_KEY, connection: null })
    const [once, again] = [await pack(), await pack()]
    assert.isTrue(once.equals(again))
  })
})
