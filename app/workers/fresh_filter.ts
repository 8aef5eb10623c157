const BITS = 1 << 24
const HASHES = 4

/**
 * Remembers texts in two megabytes, whatever their number: `mayHold` is never wrong when it
 * says no. A Bloom filter: it spares a run over a new service the question about records
 * that cannot be known yet. The same text under another salt is another text.
 */
export class FreshFilter {
  readonly #words = new Uint32Array(BITS / 32)

  add(text: string, salt: number): void {
    const step = fnv(text, 0x811c9dc5 ^ salt)
    let at = fnv(text, 0x01000193 ^ salt)
    for (let times = 0; times < HASHES; times += 1) {
      const bit = at & (BITS - 1)
      this.#words[bit >>> 5] = (this.#words[bit >>> 5] ?? 0) | (1 << (bit & 31))
      at = (at + step) | 0
    }
  }

  mayHold(text: string, salt: number): boolean {
    const step = fnv(text, 0x811c9dc5 ^ salt)
    let at = fnv(text, 0x01000193 ^ salt)
    for (let times = 0; times < HASHES; times += 1) {
      const bit = at & (BITS - 1)
      if (((this.#words[bit >>> 5] ?? 0) & (1 << (bit & 31))) === 0) return false
      at = (at + step) | 0
    }
    return true
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
