import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FlagStage, Subject, WritingStage } from '#tests/contract/stage'
import { temporaryFolder } from './contract_context.js'
import { HOSTILE_STREAM, hostileConnector } from './hostile_connector.js'
import { HostileShop } from './hostile_shop.js'

/** The hostile connector with all that the clauses need, ready to be tried. */
export async function hostileSubject(broken: string | null): Promise<Subject> {
  const folder = await temporaryFolder()
  await writeFile(join(folder.path, 'line'), 'hello')
  const shop = new HostileShop()
  return {
    folder: 'hostile',
    manifest: {
      name: broken === 'C1' ? 'friendly' : 'hostile',
      title: 'Hostile',
      kind: 'connector',
      version: '1.0.0',
      sdk: '^1.0.0',
      publisher: 'tests',
      description: 'Breaks one clause at a time.',
      entry: 'connector.ts',
      hosts: [],
      permissions: ['files'],
      icon: 'skull',
      categories: [],
    },
    connector: hostileConnector(shop, broken),
    stage: {
      connection: { settings: { user: 'ali' }, secrets: { password: 'open-sesame' } },
      world: { folder: folder.path, authorize: null },
      wrong: [
        { title: 'a wrong password', secrets: { password: 'open-barley' }, field: 'password' },
      ],
      reading: [
        {
          stream: HOSTILE_STREAM,
          records: shop.things.size,
          incremental: 'at',
          disturb: async (read) => shop.disturb(read),
          remove: async (some) => shop.remove(some),
          jobs: () => shop.snapshots.length,
          flag: flag(shop),
        },
      ],
      writing: [writing(shop)],
      close: folder.remove,
    },
  }
}

function flag(shop: HostileShop): FlagStage {
  return {
    field: 'name',
    set: 'flagged',
    unset: 'unset',
    async edit(thing) {
      const at = `2026-12-01T10:00:${10 + shop.things.size}Z`
      shop.things.set(Number(thing.id), { ...thing, at, name: 'unset' })
    },
    async remove(thing) {
      shop.things.delete(Number(thing.id))
    },
  }
}

function writing(shop: HostileShop): WritingStage {
  return {
    stream: HOSTILE_STREAM,
    operation: 'insert',
    match: { by: 'id' },
    records: (count) => Array.from({ length: count }, (_, at) => ({ name: `thing ${at}` })),
    faulty: { name: null },
    async limit() {
      shop.isLimited = true
    },
    async loseReply() {
      shop.losesReply = true
    },
  }
}
