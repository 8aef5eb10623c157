import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'

export interface WidgetConfig {
  /** The door of this extension, with its key. */
  url: string
  /** Name of a connection in Zoho by which its servers ask; null lets the browser ask itself. */
  connection: string | null
}

const widgetFolder = new URL('./widget/', import.meta.url)
const STATIC = ['widget.html', 'widget.js']
/** The same at each packing, so that equal contents are equal files. */
const PACKED_AT = new Date('2020-01-01T00:00:00Z')

/** The extension as Zoho's toolkit packs one: the manifest, and the widget's files below `app`. */
export async function packExtension(config: WidgetConfig): Promise<Buffer> {
  const zip = new ZipFile()
  const add = (path: string, content: Buffer | string) =>
    zip.addBuffer(Buffer.from(content), path, { mtime: PACKED_AT })
  add('plugin-manifest.json', `${JSON.stringify({ service: 'CRM' }, null, 2)}\n`)
  for (const name of STATIC) add(`app/${name}`, await readFile(new URL(name, widgetFolder)))
  add('app/config.js', `globalThis.crossdockExtension = ${scriptOf(config)}\n`)
  add('app/translations/en.json', '{}\n')
  zip.end()
  return buffer(zip.outputStream)
}

/** JSON is a script's text too, but for what would end it. */
function scriptOf(value: WidgetConfig): string {
  return JSON.stringify(value, null, 2).replaceAll('<', '\\u003c')
}
