import type { Call, Reply } from '../server/call.js'
import { renderRecord } from '../store/render_record.js'
import { recordInPath } from './find_record.js'
import { headerSecond } from './find_stale.js'
import { renderChildren } from './render_children.js'
import { showFlags } from './show_flags.js'

export function getRecord(call: Call): Reply {
  const record = recordInPath(call)
  if (!record) return { status: 204 }
  const since = headerSecond(call, 'if-modified-since')
  if (since !== null && Math.floor(record.modifiedAt / 1000) <= since) return { status: 304 }
  const wanted = call.query.get('fields')?.split(',')
  const shown = renderRecord(call.org, call.table(), record, wanted)
  const flags = showFlags(call.params.module, record, wanted)
  const children = renderChildren(call.org, call.table(), record, wanted)
  return { status: 200, body: { data: [{ ...shown, ...flags, ...children }] } }
}
