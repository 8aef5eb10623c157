import router from '@adonisjs/core/services/router'
import { test } from '@japa/runner'

/** Which guards a route may have, from the most open to the strictest. */
const KNOWN = [
  ['guest'],
  ['auth'],
  ['auth', 'operator'],
  ['auth', 'tenant'],
  ['auth', 'tenant', 'role'],
  ['channel'],
  ['jobCall'],
  ['extension'],
  ['selection'],
]

function guardsOf(route: { middleware: { all(): Set<unknown> } }): string[] {
  return [...route.middleware.all()].flatMap((entry) =>
    typeof entry === 'object' && entry !== null && 'name' in entry && entry.name
      ? [String(entry.name)]
      : []
  )
}

test.group('guards', () => {
  test('every route has guards that we know', ({ assert }) => {
    const routes = Object.values(router.toJSON()).flat()
    assert.isAbove(routes.length, 20)
    const open = routes.filter(
      (route) => !KNOWN.some((guards) => guards.join() === guardsOf(route).join())
    )
    assert.deepEqual(
      open.map(({ methods, pattern }) => `${methods[0]} ${pattern}`),
      []
    )
  })

  test('every address of a tenant asks who may see it', ({ assert }) => {
    const routes = Object.values(router.toJSON()).flat()
    const unguarded = routes.filter(
      (route) => route.pattern.includes(':tenant') && !guardsOf(route).includes('tenant')
    )
    assert.deepEqual(
      unguarded.map(({ pattern }) => pattern),
      []
    )
  })

  test('whoever changes something in a tenant needs a role for it', ({ assert }) => {
    const routes = Object.values(router.toJSON()).flat()
    const free = routes.filter(
      (route) =>
        route.pattern.includes(':tenant') &&
        !route.methods.includes('GET') &&
        !guardsOf(route).includes('role')
    )
    assert.deepEqual(
      free.map(({ pattern }) => pattern),
      []
    )
  })
})
