import { test } from '@japa/runner'
import { PageAccount, Slot } from '#engine/account'
import { Bundle } from '#engine/bundle'
import { emptyDraft, packValues } from '#engine/packed_draft'

const PAGE = new PageAccount(0, 1)

/** Records that wait, which share a bundle. */
function packed(count: number) {
  const slots = Array.from({ length: count }, (_, id) => {
    const target = { Ref: `R${id}` }
    const named = { key: String(id), hash: `hash ${id}`, match: null, targetId: null }
    return new Slot({ ...named, source: { id }, target, json: JSON.stringify(target) }, PAGE, null)
  })
  const bundle = Bundle.of(
    slots.map(({ draft }) => draft),
    null
  )
  packValues(slots, null)
  return { bundle, drafts: slots.map(({ draft }) => draft) }
}

test.group('A bundle of records', () => {
  test('holds its bytes until the last of them is let go of', ({ assert }) => {
    const { bundle } = packed(3)
    bundle.letGo()
    bundle.letGo()
    assert.equal(String(bundle.lines), '{"Ref":"R0"}\n{"Ref":"R1"}\n{"Ref":"R2"}')
    assert.deepEqual(bundle.sources, [{ id: 0 }, { id: 1 }, { id: 2 }])
    assert.lengthOf(bundle.targets, 3)
    bundle.letGo()
    assert.isNull(bundle.lines)
    assert.deepEqual([bundle.sources, bundle.targets, bundle.json], [[], [], ['']])
    assert.deepEqual(bundle.names.keys, ['0', '1', '2'])
  })

  test('counts a record once, however often it is emptied', ({ assert }) => {
    const { drafts } = packed(2)
    emptyDraft(drafts[0], false)
    emptyDraft(drafts[0], false)
    assert.deepEqual(drafts[0].target, {})
    assert.deepEqual(drafts[1].target, { Ref: 'R1' })
    assert.equal(drafts[1].json, '{"Ref":"R1"}')
  })
})
