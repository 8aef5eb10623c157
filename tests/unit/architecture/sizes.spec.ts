import { test } from '@japa/runner'
import { escapeFaults } from '#tests/support/architecture/escapes'
import { sizeFaults } from '#tests/support/architecture/sizes'
import { readSources } from '#tests/support/architecture/source_file'

const sources = readSources()
const counted = sources.filter(({ path }) => !path.startsWith('database/'))
const lines = (count: number) =>
  Array.from({ length: count }, (_, index) => `f(${index})`).join('\n')

test.group('Sizes', () => {
  test('no file is over 250 lines, no function over 60', ({ assert }) => {
    assert.deepEqual(counted.flatMap(sizeFaults), [])
  })

  test('finds a file of 251 lines, not one of 250', ({ assert }) => {
    assert.lengthOf(sizeFaults({ path: 'app/a.ts', text: `${lines(251)}\n` }), 1)
    assert.lengthOf(sizeFaults({ path: 'app/a.ts', text: `${lines(250)}\n` }), 0)
  })

  test('finds {$self} of 61 lines, not of 60')
    .with(['function a() {', 'const a = () => {', 'class A { b() {', 'outer(async function () {'])
    .run(({ assert }, head) => {
      const tail = `}${head.startsWith('class') ? '}' : ''}${head.startsWith('outer') ? ')' : ''}`
      const text = (count: number) => `${head}\n${lines(count - 2)}\n${tail}`
      assert.lengthOf(sizeFaults({ path: 'app/a.ts', text: text(61) }), 1)
      assert.lengthOf(sizeFaults({ path: 'app/a.ts', text: text(60) }), 0)
    })

  test('counts the tests of a group, not the group', ({ assert }) => {
    const group = (length: number) =>
      `test.group('a', () => {\n${lines(40)}\ntest('b', () => {\n${lines(length)}\n})\n})`
    assert.lengthOf(sizeFaults({ path: 'tests/a.spec.ts', text: group(30) }), 0)
    assert.lengthOf(sizeFaults({ path: 'tests/a.spec.ts', text: group(70) }), 1)
  })

  test('finds a long function in a page, on its own line', ({ assert }) => {
    const text = `<template>\n<p/>\n</template>\n<script setup>\nfunction a() {\n${lines(70)}\n}\n</script>`
    assert.match(sizeFaults({ path: 'inertia/a.vue', text })[0], /^inertia\/a\.vue:5 .* 72 lines/)
  })
})

test.group('Names and escapes', () => {
  test('no way round the compiler, no name that says nothing, no barrel', ({ assert }) => {
    assert.deepEqual(sources.flatMap(escapeFaults), [])
  })

  test('finds {path} with {text}')
    .with([
      { path: 'app/domain/run_manager.ts', text: '' },
      { path: 'app/domain/runs/index.ts', text: '' },
      { path: 'app/domain/runs/run.ts', text: 'class ' + 'RunManager {}' },
      { path: 'app/domain/a.ts', text: 'x as ' + 'any' },
      { path: 'app/domain/a.ts', text: '// @ts-' + 'ignore' },
      { path: 'app/domain/a.ts', text: '// TO' + 'DO: later' },
    ])
    .run(({ assert }, file) => assert.lengthOf(escapeFaults(file), 1))
})
