import iconv from 'iconv-lite'
import { ConnectorError } from '#sdk'

/** How the bytes of a file become text. */
export interface Encoding {
  name: string
  decodeHead(head: Buffer): string
  /** Decodes piece by piece. An error where the bytes cannot be of this encoding. */
  decoder(): { write(bytes: Buffer): string; end(): string }
}

/** A mark at the beginning decides; else the choice; else what the bytes look like. */
export function detectEncoding(head: Buffer, choice: string): Encoding {
  const name = choice === 'auto' ? (markOf(head) ?? guess(head)) : choice
  return name === 'utf-8' ? strictUtf8() : lenient(name)
}

function markOf(head: Buffer): string | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8'
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : null
}

/** Statistics mistake one 8-bit encoding for another and nobody notices: it is the commonest, or chosen. */
function guess(head: Buffer): string {
  const zeros = [0, 1].map(
    (side) => head.filter((byte, at) => at % 2 === side && byte === 0).length
  )
  if (zeros[1] > head.length / 4) return 'utf-16le'
  if (zeros[0] > head.length / 4) return 'utf-16be'
  return isUtf8(head) ? 'utf-8' : 'windows-1252'
}

/** The head may end within a character. */
function isUtf8(head: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

function strictUtf8(): Encoding {
  return {
    name: 'utf-8',
    decodeHead: (head) => new TextDecoder().decode(head),
    decoder: () => {
      const decoder = new TextDecoder('utf-8', { fatal: true })
      return {
        write: (bytes) => refuseOther(() => decoder.decode(bytes, { stream: true })),
        end: () => refuseOther(() => decoder.decode()),
      }
    },
  }
}

function lenient(name: string): Encoding {
  return {
    name,
    decodeHead: (head) => iconv.decode(head, name),
    decoder: () => {
      const decoder = iconv.getDecoder(name)
      return { write: (bytes) => decoder.write(bytes), end: () => decoder.end() ?? '' }
    },
  }
}

function refuseOther(decode: () => string): string {
  try {
    return decode()
  } catch (cause) {
    throw new ConnectorError(
      'config',
      'The file holds bytes that are not UTF-8. Choose its encoding, for example windows-1252.',
      { cause }
    )
  }
}
