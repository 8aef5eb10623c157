import { existsSync } from 'node:fs'
import { chromium } from 'playwright'

/** The same engine without a browser's own window, which takes a third of the processor's time. */
const SHELL = '/usr/bin/chromium-headless-shell'

export function launchChromium() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? (existsSync(SHELL) ? SHELL : '/usr/bin/chromium'),
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // A page is left before what is compiled for the long run has paid.
      '--js-flags=--no-maglev,--no-opt,--single-threaded',
    ],
  })
}
