import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Page } from 'playwright'
import { fromBufferPromise } from 'yauzl'

export interface Chosen {
  Entity?: string
  EntityId?: string | string[]
}

export interface Surroundings {
  chosen: Chosen
  org: string
  user: { id: string; full_name: string }
}

const TYPES: Record<string, string> = { html: 'text/html', js: 'text/javascript' }
const SDK = 'https://live.zwidgets.com/**'

/** A page of Zoho's: a button that puts the widget into a frame and answers what its SDK asks. */
const hostPage = (surroundings: Surroundings) => `<!doctype html>
<title>Deals</title>
<button id="export">Export</button>
<iframe id="widget" width="1180" height="780" hidden></iframe>
<script>
  const here = ${JSON.stringify(surroundings)}
  const frame = document.getElementById('widget')
  const answers = {
    getOrgInfo: () => ({ org: [{ zgid: here.org, company_name: 'Stand-in' }] }),
    getCurrentUser: () => ({ users: [here.user] }),
    Resize: () => true,
  }
  addEventListener('message', ({ source, data }) => {
    if (source !== frame.contentWindow) return
    const tell = (message) => source.postMessage(message, '*')
    if (data.ask === 'init') tell({ event: 'PageLoad', data: here.chosen })
    else tell({ id: data.id, value: answers[data.ask]() })
  })
  document.getElementById('export').onclick = () => {
    frame.src = '/app/widget.html'
    frame.hidden = false
  }
</script>`

/** Instead of Zoho's own script: the same names, over messages to the page around. */
const SDK_STAND_IN = `var ZOHO = (() => {
  const listeners = {}
  const waiting = new Map()
  const call = (ask) => new Promise((resolve) => {
    const id = waiting.size + 1
    waiting.set(id, resolve)
    parent.postMessage({ id, ask }, '*')
  })
  addEventListener('message', ({ source, data }) => {
    if (source !== parent) return
    if (data.event) listeners[data.event]?.(data.data)
    else waiting.get(data.id)?.(data.value)
  })
  return {
    embeddedApp: {
      on: (event, listener) => { listeners[event] = listener },
      init: () => call('init'),
    },
    CRM: {
      CONFIG: {
        getOrgInfo: () => call('getOrgInfo'),
        getCurrentUser: () => call('getCurrentUser'),
      },
      UI: { Resize: () => call('Resize') },
    },
  }
})()`

async function unpack(zip: Buffer): Promise<Map<string, string>> {
  const opened = await fromBufferPromise(zip)
  const files = new Map<string, string>()
  for await (const entry of opened.eachEntry()) {
    files.set(`/${entry.fileName}`, await text(await opened.openReadStreamPromise(entry)))
  }
  return files
}

/** Serves the packed widget as Zoho does, at a host that is another site than the server's. */
export async function openZohoPage(zip: Buffer, surroundings: Surroundings) {
  const files = await unpack(zip)
  files.set('/', hostPage(surroundings))
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    const type = TYPES[path.split('.')[1] ?? 'html'] ?? 'application/json'
    response.writeHead(files.has(path) ? 200 : 404, { 'content-type': type })
    response.end(files.get(path))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://localhost:${port}`,
    /** Opens it, with the stand-in where the widget asks Zoho for its script. */
    async visit(page: Page): Promise<void> {
      await page.route(SDK, (route) =>
        route.fulfill({ contentType: 'text/javascript', body: SDK_STAND_IN })
      )
      await page.goto(`http://localhost:${port}/`)
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
