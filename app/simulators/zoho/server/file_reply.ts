import type { Reply } from './call.js'

/** A download. Zoho's own SDK takes the name from the header, and fails where there is none. */
export function fileReply(name: string, bytes: Buffer, type: string): Reply {
  const headers = {
    'Content-Type': type,
    'Content-Disposition': `attachment;filename*=UTF-8''${encodeURIComponent(name)}`,
  }
  return { status: 200, bytes, headers }
}
