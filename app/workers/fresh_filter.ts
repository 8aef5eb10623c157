const BITS = 1 << 24
const HASHES = 4

/**
 * Remembers texts in two megabytes, whatever their number: when it says that a text is new, it
 * is. A Bloom filter: it spares a run over a new service the question about records that
 * cannot be known yet. The same text under another salt is another text.
 */
export class FreshFilter {
  readonly #words = new Uint32Array(BITS / 32)

  /** Adds a text; true when it may have been added before. */
  sawBefore(text: string, salt: number): boolean {
    const words = this.#words
    const step = fnv(text, 0x811c9dc5 ^ salt)
    let at = step ^ (step >>> 11) ^ 0x5bd1e995
    let isOld = true
    for (let times = 0; times < HASHES; times += 1) {
      at = (Math.imul(at, 0x9e3779b1) + step) | 0
      const bit = (at >>> 7) & (BITS - 1)
      const mask = 1 << (bit & 31)
      const word = words[bit >>> 5] ?? 0
      if ((word & mask) === 0) {
        isOld = false
        words[bit >>> 5] = word | mask
      }
    }
    return isOld
  }
}

/** FNV-1a over UTF-16 units, with a final mix so that the low bits depend on all. */
function fnv(text: string, seed: number): number {
  let hash = seed
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  }
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  return hash ^ (hash >>> 12)
}
