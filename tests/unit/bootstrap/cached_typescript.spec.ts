import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { test } from '@japa/runner'
import { translateTypescript } from '#tests/support/translate_typescript'

interface Loader {
  initialize(): Promise<void>
  load(
    url: string,
    context: object,
    next: () => Promise<{ source: string }>
  ): Promise<{ source: string }>
}

const LOADER = resolve('node_modules/@poppinss/ts-exec/build/src/loader.js')
const KEYS = { APP_KEY: 'k'.repeat(43), MASTER_KEY: Buffer.alloc(32, 1).toString('base64') }
const withoutMaps = (code: string) => code.replaceAll(/\/\/# source\w+=.*$/gm, '').trim()

test.group('The loader of the tests', () => {
  test('makes of each model and thread what the loader of the server makes', async ({ assert }) => {
    const loader = (await import(pathToFileURL(LOADER).href)) as Loader
    await loader.initialize()
    const paths = globSync(['app/domain/tenants/*.ts', 'app/workers/*.ts', 'config/*.ts'])
    assert.isAbove(paths.length, 20)
    for (const path of paths.map((each) => resolve(each))) {
      const source = readFileSync(path, 'utf8')
      const next = async () => ({ source })
      const context = { format: 'module-typescript' }
      const known = await loader.load(pathToFileURL(path).href, context, next)
      assert.equal(withoutMaps(translateTypescript(source, path)), withoutMaps(known.source), path)
    }
  })

  test('is not what runs without tests: our commands start by their own', ({ assert }) => {
    const env = { PATH: process.env.PATH, NODE_ENV: 'production', DATA_DIR: 'tmp/empty', ...KEYS }
    const said = spawnSync(process.execPath, ['--no-warnings', 'ace.js', 'list'], {
      env,
      encoding: 'utf8',
    })
    assert.equal(said.status, 0, said.stderr)
    assert.include(said.stdout, 'service:run')
  })
})
