import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import type { Connector, PluginManifest } from '#sdk'
import { allClauses } from './clauses/all_clauses.js'
import type { Fixture } from './stage.js'

const README = new URL('../../plugins/README.md', import.meta.url)

test('The connector in plugins/README.md keeps the contract', async ({ assert, cleanup }) => {
  const folder = new URL(`../../tmp/readme_${process.pid}/`, import.meta.url)
  await mkdir(folder, { recursive: true })
  cleanup(() => rm(folder, { recursive: true }))
  const page = await readFile(README, 'utf8')
  const files = [...page.matchAll(/^```\w+ (\S+)\n(.*?)^```$/gms)]
  assert.lengthOf(files, 3)
  for (const [, name, text] of files) await writeFile(new URL(name, folder), text)

  const load = async <T>(name: string) => {
    const module = (await import(new URL(name, folder).href)) as { default: T }
    return module.default
  }
  const manifest = JSON.parse(
    await readFile(new URL('plugin.json', folder), 'utf8')
  ) as PluginManifest
  const connector = await load<Connector>(manifest.entry)
  const fixture = await load<Fixture>('notes_fixture.ts')
  const stage = await fixture.open()
  cleanup(() => stage.close())
  const clauses = allClauses.filter((clause) => clause.concerns(connector))
  for (const clause of clauses) {
    await clause.verify({ folder: manifest.name, manifest, connector, stage })
  }
  assert.isAbove(clauses.length, 10)
})
