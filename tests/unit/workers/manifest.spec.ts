import { deflateSync, zstdCompressSync } from 'node:zlib'
import { test } from '@japa/runner'
import type { Draft } from '#engine/draft'
import { packDrafts, unpackDrafts } from '#workers/manifest'

function draft(index: number): Draft {
  const target = { Ref: `R${index}`, Note: index % 7 === 0 ? 'Fünf 🙂\n"drei"' : null }
  return {
    key: String(index),
    source: {},
    target,
    json: JSON.stringify(target),
    hash: `hash ${index}`,
    match: index % 3 === 0 ? null : `r${index}`,
    targetId: index % 2 === 0 ? String(index * 10) : null,
  }
}

function plain({ key, source, target, json, hash, match, targetId }: Draft): Draft {
  return { key, source, target, json, hash, match, targetId }
}

test.group('The records of a job', () => {
  test('come back as they were stored, however many', async ({ assert }) => {
    for (const count of [0, 1, 249, 250, 251, 777]) {
      const drafts = Array.from({ length: count }, (_, index) => draft(index))
      const stored = await unpackDrafts(await packDrafts(drafts))
      assert.deepEqual(stored.map(plain), drafts)
      const again = await unpackDrafts(await packDrafts(stored))
      assert.deepEqual(again.map(plain), drafts)
    }
  })

  test('come back where some of those that waited with them have gone, or go before', async ({
    assert,
  }) => {
    const drafts = Array.from({ length: 600 }, (_, index) => draft(index))
    const stored = await unpackDrafts(await packDrafts(drafts))
    const isLeft = (_: Draft, index: number) => index < 250 || index % 5 !== 2
    const left = stored.filter(isLeft)
    const again = await unpackDrafts(await packDrafts(left))
    assert.deepEqual(again.map(plain), drafts.filter(isLeft))
    const turned = ([first, ...rest]: Draft[]) => {
      return [first, ...rest.slice(0, 249).toReversed(), ...rest.slice(249)]
    }
    const inTurn = await unpackDrafts(await packDrafts(turned(stored)))
    assert.deepEqual(inTurn.map(plain), turned(drafts))
    const torn = [stored[0], ...stored.slice(251, 500)]
    const mixed = await unpackDrafts(await packDrafts(torn))
    assert.deepEqual(mixed.map(plain), [drafts[0], ...drafts.slice(251, 500)])
  })

  test('come back as an older version has packed them', async ({ assert }) => {
    const drafts = Array.from({ length: 300 }, (_, index) => draft(index))
    const head = {
      keys: drafts.map(({ key }) => key),
      hashes: drafts.map(({ hash }) => hash),
      matches: drafts.map(({ match }) => match),
      targetIds: drafts.map(({ targetId }) => targetId),
    }
    const lines = Buffer.from([JSON.stringify(head), ...drafts.map(({ json }) => json)].join('\n'))
    for (const manifest of [deflateSync(lines), zstdCompressSync(lines)]) {
      const stored = await unpackDrafts(manifest)
      assert.deepEqual(stored.map(plain), drafts)
      const again = await unpackDrafts(await packDrafts(stored))
      assert.deepEqual(again.map(plain), drafts)
    }
  })
})
