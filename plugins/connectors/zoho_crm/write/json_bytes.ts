/** The bytes that a letter of a JavaScript text takes at most. */
const WIDEST = 3
const COMMA = 44

/**
 * What a call carries, in UTF-8: `records`, which are JSON, between `head` and `tail`, all of them
 * well-formed texts. They are written one by one: as one text they would be copied twice, and
 * moved by the garbage collector while the call is under way.
 */
export function jsonBytes(head: string, records: string[], tail: string): Buffer<ArrayBuffer> {
  let letters = head.length + tail.length
  let longest = 0
  for (const record of records) {
    letters += record.length + 1
    longest = Math.max(longest, record.length)
  }
  // Enough unless many letters are others than those of English.
  let bytes = Buffer.allocUnsafeSlow(letters + WIDEST * (longest + tail.length))
  let end = bytes.write(head)
  let isFirst = true
  for (const record of records) {
    if (!isFirst) bytes[end++] = COMMA
    isFirst = false
    if (end + WIDEST * (record.length + tail.length) > bytes.length) {
      bytes = wider(bytes, WIDEST * letters)
    }
    end += bytes.write(record, end)
  }
  end += bytes.write(tail, end)
  return bytes.subarray(0, end)
}

function wider(bytes: Buffer, length: number): Buffer<ArrayBuffer> {
  const wide = Buffer.allocUnsafeSlow(length)
  wide.set(bytes)
  return wide
}
