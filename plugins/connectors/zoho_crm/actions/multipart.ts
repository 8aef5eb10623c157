import { randomUUID } from 'node:crypto'

export interface Part {
  name: string
  fileName?: string
  content: string | Buffer
}

/** A body of `multipart/form-data`. Quotes and line ends in a file's name cannot end its header. */
export function multipart(parts: Part[]): { contentType: string; body: Buffer } {
  const boundary = `crossdock-${randomUUID()}`
  const chunks = parts.flatMap(({ name, fileName, content }) => {
    const plain = fileName?.replace(/["\r\n]/g, '_')
    const file = plain === undefined ? '' : `; filename="${plain}"`
    const type = plain === undefined ? '' : 'Content-Type: application/octet-stream\r\n'
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n${type}\r\n`
    return [Buffer.from(head), Buffer.from(content), Buffer.from('\r\n')]
  })
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
  }
}
