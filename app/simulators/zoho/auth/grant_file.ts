import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { RefreshGrant } from './grant.js'

export interface KeptGrants {
  grants: readonly RefreshGrant[]
  consents: readonly string[]
}

/** Refresh tokens on disk, beside the truth file: they outlive the process as Zoho's do. */
export class GrantFile {
  #path: string | null

  constructor(persistFile: string | null) {
    this.#path = persistFile && `${persistFile}.grants`
  }

  read(): KeptGrants {
    if (this.#path === null || !existsSync(this.#path)) return { grants: [], consents: [] }
    return JSON.parse(readFileSync(this.#path, 'utf8'))
  }

  /** Whole or not at all, whenever the process dies. */
  write(kept: KeptGrants) {
    if (this.#path === null) return
    const next = `${this.#path}.next`
    writeFileSync(next, JSON.stringify(kept), { mode: 0o600 })
    renameSync(next, this.#path)
  }
}
