import { test } from '@japa/runner'
import type { Template } from '#sdk'
import { assertManifest } from './clauses/c01_manifest.js'
import { assertPlain } from './clauses/plain.js'
import { findPlugins } from './find_plugins.js'

const connectors = await findPlugins('connectors')

for (const { folder, manifest, load } of await findPlugins('templates')) {
  const template = (await load()) as Template
  const { roles, service } = template

  test.group(`Contract of ${folder}`, () => {
    test('T1: the manifest is whole, and names the folder', ({ assert }) => {
      assertManifest(folder, manifest)
      assert.equal(manifest.kind, 'template')
    })

    test('T2: it is data', () => assertPlain(template, folder))

    test('T3: every role is played, by connectors that exist', ({ assert }) => {
      assert.sameMembers(Object.keys(roles), [service.source.connection, service.target.connection])
      const known = connectors.map((connector) => connector.folder)
      for (const role of Object.values(roles)) {
        assert.isNotEmpty(role.connectors)
        assert.includeMembers(known, role.connectors)
      }
    })

    test('T4: every row of the mapping has a field of its own and one origin', ({ assert }) => {
      const fields = service.mapping.map((row) => row.to)
      assert.lengthOf(fields, new Set(fields).size)
      for (const { to, from, formula, value, when } of service.mapping) {
        const origins = [from, formula, value, when].filter((origin) => origin !== undefined)
        assert.lengthOf(origins, 1, to)
      }
    })

    test('T5: what records are matched by is mapped', ({ assert }) => {
      const { match } = service.target
      const fields = service.mapping.map((row) => row.to)
      if (match.by === 'fields') assert.includeMembers(fields, match.fields)
      else assert.equal(match.by, 'id')
    })

    test('T6: every row has an id of its own, for good', ({ assert }) => {
      const ids = service.mapping.map((row) => row.id)
      assert.isTrue(ids.every((id) => id !== undefined && /^[a-z][a-z0-9-]*$/.test(id)))
      assert.lengthOf(ids, new Set(ids).size)
    })
  })
}
