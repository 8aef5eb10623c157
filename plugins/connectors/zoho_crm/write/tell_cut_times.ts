import type { Context, RecordValues, StreamDescription } from '#sdk'

const told = new WeakMap<Context, Set<string>>()
const FRACTION = /:\d\d\.\d*[1-9]/

/** Zoho keeps whole seconds. What is lost is said once for each field of a run. */
export function tellCutTimes(ctx: Context, stream: StreamDescription, records: RecordValues[]) {
  const said = told.get(ctx) ?? new Set()
  told.set(ctx, said)
  for (const { name, type, readOnly } of stream.fields) {
    if (type !== 'datetime' || readOnly || said.has(name)) continue
    const cut = records.find((record) => FRACTION.test(String(record[name] ?? '')))
    if (!cut) continue
    said.add(name)
    ctx.log.warn('Zoho keeps times to the second: fractions are cut off', {
      field: name,
      value: String(cut[name]),
    })
  }
}
