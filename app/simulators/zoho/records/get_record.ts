import type { Call, Reply } from '../server/call.js'
import { renderRecord } from '../store/render_record.js'
import { recordInPath } from './find_record.js'

export function getRecord(call: Call): Reply {
  const record = recordInPath(call)
  if (!record) return { status: 204 }
  const wanted = call.query.get('fields')?.split(',')
  return { status: 200, body: { data: [renderRecord(call.org, call.table(), record, wanted)] } }
}
