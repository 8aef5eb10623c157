import { appendFileSync, existsSync, writeFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { defineConnector, defineStream } from '#sdk'
import type { Context, StreamDescription } from '#sdk'

const RECORDS = 500

const numbers: StreamDescription = {
  name: 'numbers',
  title: 'Numbers',
  key: ['id'],
  fields: [
    { name: 'id', type: 'integer', unique: true },
    { name: 'label', type: 'text' },
  ],
  readable: true,
  writable: true,
  cursors: [],
  pushdown: [],
}

/** Blocks the whole thread, the first time that it comes here: neither timers nor messages get through. */
async function sleepOnce(ctx: Context): Promise<void> {
  const marker = await ctx.filePath('marker')
  if (existsSync(`${marker}.slept`)) return
  writeFileSync(`${marker}.slept`, '')
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(ctx.settings.sleep))
}

export default defineConnector({
  title: 'Sleeper',
  auth: { type: 'none' },
  settings: [
    { name: 'sleep', title: 'Milliseconds to block', type: 'integer', required: true },
    { name: 'pace', title: 'Milliseconds per write', type: 'integer', default: 0 },
  ],
  check: async () => ({ ok: true, message: 'awake' }),
  streams: [
    defineStream({
      description: numbers,
      async *read(_ctx, _stream, { cursor, pageSize }) {
        for (let id = Number(cursor ?? 0); id < RECORDS;) {
          const records = []
          for (; id < RECORDS && records.length < Math.min(100, pageSize); id += 1) {
            records.push({ id: id + 1, label: `number ${id + 1}` })
          }
          yield { records, cursor: id }
        }
      },
      routes: () => [
        {
          kind: 'call',
          name: 'write',
          operations: ['upsert'],
          idempotent: ['upsert'],
          maxRecords: 50,
          concurrency: 1,
          cost: () => 1,
          async send(ctx, { records }) {
            if (records.some(({ id }) => id === 201)) await sleepOnce(ctx)
            await wait(Number(ctx.settings.pace))
            appendFileSync(
              await ctx.filePath('marker'),
              records.map(({ id }) => `${id}\n`).join('')
            )
            return records.map(({ id }, index) => ({ index, state: 'created', id: String(id) }))
          },
        },
      ],
    }),
  ],
})
