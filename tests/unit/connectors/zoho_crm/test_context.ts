import type { Context, Http, Value } from '#sdk'

/** A context that reaches nothing but `http`. */
export function testContext(http: Http, settings: { [name: string]: Value }): Context {
  const refuse = async () => {
    throw new Error('The Zoho connector has no business here')
  }
  return {
    http,
    settings: { apiVersion: 'v8', trigger: '', ...settings },
    secrets: {},
    connect: refuse,
    openFile: refuse,
    filePath: refuse,
    signal: new AbortController().signal,
    log: { info() {}, warn() {} },
  }
}
