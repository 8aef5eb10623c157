import { test } from '@japa/runner'
import { findCircles } from '#tests/support/architecture/circles'
import { readSources } from '#tests/support/architecture/source_file'

test.group('Circles', () => {
  test('no file imports itself by a round way', ({ assert }) => {
    assert.deepEqual(
      findCircles(readSources()).map((circle) => circle.join(' → ')),
      []
    )
  })

  test('finds a circle that is made of types alone', ({ assert }) => {
    const circles = findCircles([
      { path: 'app/engine/a.ts', text: "import type { B } from '#engine/b'" },
      { path: 'app/engine/b.ts', text: "export type { C } from './c.js'" },
      { path: 'app/engine/c.ts', text: "let a: import('#engine/a').A" },
      { path: 'app/engine/d.ts', text: "import './a.js'" },
    ])
    assert.deepEqual(circles, [['app/engine/a', 'app/engine/b', 'app/engine/c', 'app/engine/a']])
  })

  test('finds a circle through the sdk and one through a page', ({ assert }) => {
    const circles = findCircles([
      { path: 'app/sdk/index.ts', text: "export * from './record.js'" },
      { path: 'app/sdk/record.ts', text: "import type { X } from '#sdk'" },
      { path: 'inertia/a.vue', text: "<script setup>\nimport B from '~/b.vue'\n</script>" },
      { path: 'inertia/b.vue', text: "<script>\nimport A from './a.vue'\n</script>" },
    ])
    assert.lengthOf(circles, 2)
  })

  test('takes a diamond for none', ({ assert }) => {
    const circles = findCircles([
      { path: 'app/engine/a.ts', text: "import './b.js'\nimport './c.js'" },
      { path: 'app/engine/b.ts', text: "import './d.js'" },
      { path: 'app/engine/c.ts', text: "import './d.js'" },
      { path: 'app/engine/d.ts', text: '' },
    ])
    assert.deepEqual(circles, [])
  })
})
