import { test } from '@japa/runner'
import { floorFaults } from '#tests/support/architecture/floors'
import { impurities } from '#tests/support/architecture/impurities'
import { readSources } from '#tests/support/architecture/source_file'

const sources = readSources()

test.group('Floors', () => {
  test('every import points down or stays on its floor', ({ assert }) => {
    assert.isAbove(sources.length, 100)
    assert.deepEqual(floorFaults(sources), [])
  })

  test('refuses {path} with {text}')
    .with([
      { path: 'app/engine/a.ts', text: "import { x } from '#workers/x'" },
      { path: 'app/engine/a.ts', text: "import { readFile } from 'node:fs/promises'" },
      { path: 'app/engine/a.ts', text: "import type { Model } from '@adonisjs/lucid/orm'" },
      { path: 'app/sdk/a.ts', text: "import { z } from 'yaml'" },
      { path: 'app/sdk/a.ts', text: "export type { Draft } from '../engine/draft.js'" },
      { path: 'app/workers/a.ts', text: "import type Run from '#domain/runs/run'" },
      { path: 'app/domain/runs/a.ts', text: "let x: import('#http/runs/y').Y" },
      { path: 'app/domain/runs/a.ts', text: "import env from '#start/env'" },
      { path: 'app/domain/tenants/a.ts', text: "import type Run from '#domain/runs/run'" },
      { path: 'app/domain/services/a.ts', text: "import Run from '../runs/run.js'" },
      { path: 'app/http/a.ts', text: "await import('#commands/x')" },
      { path: 'app/http/a.ts', text: "import { s } from '#simulators/zoho/server'" },
      { path: 'app/simulators/a.ts', text: "import type { Value } from '#sdk'" },
      { path: 'plugins/connectors/a/c.ts', text: "import { x } from '#engine/x'" },
      { path: 'plugins/connectors/a/c.ts', text: "import { x } from '../b/x.js'" },
      { path: 'plugins/connectors/a/c.ts', text: "import { x } from '../../../app/engine/x.js'" },
      { path: 'plugins/connectors/a/c.ts', text: "import app from '@adonisjs/core/services/app'" },
      { path: 'inertia/types.ts', text: "import { a } from '../app/http/a.js'" },
      {
        path: 'inertia/pages/a.vue',
        text: "<script setup>\nimport R from '../../app/domain/runs/run'\n</script>",
      },
    ])
    .run(({ assert }, file) => assert.lengthOf(floorFaults([file]), 1))

  test('allows {path} with {text}')
    .with([
      { path: 'app/engine/a.ts', text: "import type { Value } from '#sdk'" },
      { path: 'app/domain/runs/a.ts', text: "import Service from '#domain/services/service'" },
      { path: 'app/domain/runs/a.ts', text: "import { instant } from '#domain/instant'" },
      { path: 'app/http/runs/a.ts', text: "import Run from '#domain/runs/run'" },
      { path: 'app/commands/a.ts', text: "import { s } from '#simulators/zoho/server'" },
      { path: 'plugins/connectors/a/c.ts', text: "import { x } from './bulk/x.js'" },
      { path: 'inertia/types.ts', text: "import type { A } from '../app/http/a.js'" },
    ])
    .run(({ assert }, file) => assert.deepEqual(floorFaults([file]), []))
})

test.group('Purity', () => {
  test('the engine and the sdk have no clock, no chance and no world of their own', ({
    assert,
  }) => {
    const pure = sources.filter(({ path }) => /^app\/(engine|sdk)\//.test(path))
    assert.isNotEmpty(pure)
    assert.deepEqual(pure.flatMap(impurities), [])
  })

  test('finds an engine that uses {$self}')
    .with([
      'const at = Date.now()',
      'const at = new Date()',
      'const dice = Math.random()',
      'setTimeout(() => {}, 5)',
      'const home = process.env.HOME',
      'const { env } = { env: process }',
    ])
    .run(({ assert }, text) => assert.lengthOf(impurities({ path: 'app/engine/a.ts', text }), 1))

  test('lets a time that is handed in pass', ({ assert }) => {
    const text = 'export const at = (world: World) => new Date(world.now()).process'
    assert.deepEqual(impurities({ path: 'app/engine/a.ts', text }), [])
  })
})
