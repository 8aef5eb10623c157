export interface FormPart {
  name: string
  fileName: string | null
  bytes: Buffer
}

const LINE = Buffer.from('\r\n\r\n')

function readPart(section: Buffer): FormPart | null {
  const split = section.indexOf(LINE)
  if (split < 0) return null
  const head = section.toString('utf8', 0, split)
  const name = /[;\s]name="([^"]*)"/i.exec(head)
  if (!name) return null
  const fileName = /filename="([^"]*)"/i.exec(head)
  const bytes = section.subarray(split + LINE.length, section.length - 2)
  return { name: name[1], fileName: fileName?.[1] ?? null, bytes }
}

export function readMultipart(body: Buffer, contentType: string): FormPart[] {
  const found = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType)
  if (!found) return []
  const mark = Buffer.from(`--${found[1] ?? found[2]}`)
  const parts: FormPart[] = []
  let from = body.indexOf(mark)
  while (from >= 0) {
    const next = body.indexOf(mark, from + mark.length)
    if (next < 0) break
    const part = readPart(body.subarray(from + mark.length, next))
    if (part) parts.push(part)
    from = next
  }
  return parts
}

/** Fields of the query and of a urlencoded or multipart body together. */
export function readForm(query: URLSearchParams, body: Buffer, contentType: string) {
  const form = new URLSearchParams(query)
  if (contentType.startsWith('multipart/')) {
    for (const part of readMultipart(body, contentType)) {
      form.set(part.name, part.bytes.toString('utf8'))
    }
  } else {
    for (const [name, value] of new URLSearchParams(body.toString('utf8'))) form.set(name, value)
  }
  return form
}
