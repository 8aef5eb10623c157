import { test } from '@japa/runner'
import { openEndpoint } from './open_endpoint.js'

const DELETE = { method: 'DELETE', path: '/leads/{{_id}}' }

test.group('http deletes', () => {
  test('asks by the path alone, and what is gone is unchanged', async ({ assert, cleanup }) => {
    const end = await openEndpoint(cleanup, {}, ({ path }) =>
      path.endsWith('/7') ? { status: 204 } : { status: 404, body: { error: 'no such lead' } }
    )
    const asked = { operation: 'delete' as const, match: { by: 'id' as const } }
    const [done] = await end.write([{}], DELETE, { ...asked, ids: ['7'] })
    assert.deepEqual(done, { index: 0, state: 'deleted', id: '7' })
    const [gone] = await end.write([{}], DELETE, { ...asked, ids: ['8'] })
    assert.deepEqual(gone, { index: 0, state: 'unchanged', id: '8' })
    const [{ method, path, headers, body }] = end.received
    assert.equal(`${method} ${path} ${body}`, 'DELETE /api/leads/7 ')
    assert.notProperty(headers, 'content-type')
  })

  test('only a service that deletes does so, and only by a path that names the record', async ({
    assert,
    cleanup,
  }) => {
    const { access, stream } = await openEndpoint(cleanup)
    const ways = (operation: 'delete' | 'upsert', options: { [name: string]: string }) =>
      access.routes?.(stream).filter((route) => {
        const match = { by: 'id' as const }
        return route.suits?.({ operation, match, fields: [], options })
      }).length
    assert.equal(ways('delete', DELETE), 1)
    assert.equal(ways('upsert', DELETE), 0)
    assert.equal(ways('delete', { method: 'POST', path: '/leads/{{_id}}' }), 0)
    assert.equal(ways('delete', { method: 'DELETE', path: '/leads' }), 0)
    assert.equal(ways('delete', { ...DELETE, perCall: '10' }), 0)
  })
})
