import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import crossdock from '#config/crossdock'
import type Tenant from '#domain/tenants/tenant'

const VERSION = 'v1'
/** Before bytes that are sealed as bytes, which the text of an older version cannot begin with. */
const BYTES = Buffer.from('v2.')

function encryptBytes(key: Buffer, plain: Uint8Array, context: string): Buffer[] {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(context))
  const body = [cipher.update(plain), cipher.final()]
  return [nonce, cipher.getAuthTag(), ...body]
}

function decryptBytes(key: Buffer, bytes: Buffer, context: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
  decipher.setAAD(Buffer.from(context))
  decipher.setAuthTag(bytes.subarray(12, 28))
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()])
}

function encrypt(key: Buffer, plain: Buffer, context: string): string {
  const sealed = Buffer.concat(encryptBytes(key, plain, context))
  return [VERSION, sealed.toString('base64')].join('.')
}

function decrypt(key: Buffer, sealed: string, context: string): Buffer {
  const [version, encoded] = sealed.split('.')
  if (version !== VERSION || encoded === undefined) {
    throw new Error(`The sealed value of ${context} has an unknown format`)
  }
  return decryptBytes(key, Buffer.from(encoded, 'base64'), context)
}

function masterKey(): Buffer {
  const key = Buffer.from(crossdock.masterKey.release(), 'base64')
  if (key.length !== 32) {
    throw new Error(
      'MASTER_KEY in .env must be 32 bytes in base64; make one with: openssl rand -base64 32'
    )
  }
  return key
}

/** A fresh key for a tenant, sealed by the master key for that tenant alone. */
export function newWrappedKey(tenantId: string): string {
  return encrypt(masterKey(), randomBytes(32), `tenants:${tenantId}`)
}

/**
 * Seals and opens what belongs to one tenant. The context names the row and column: a sealed
 * value that was moved to another place does not open.
 */
export class Vault {
  readonly #key: Buffer

  constructor(tenant: Tenant) {
    try {
      this.#key = decrypt(masterKey(), tenant.wrappedKey, `tenants:${tenant.id}`)
    } catch (cause) {
      throw new Error(
        `The key of tenant "${tenant.slug}" does not open with MASTER_KEY of .env: put back the key that this data folder was made with`,
        { cause }
      )
    }
  }

  seal(plain: string, context: string): string {
    return encrypt(this.#key, Buffer.from(plain), context)
  }

  open(sealed: string, context: string): string {
    return decrypt(this.#key, sealed, context).toString()
  }

  /** What only the holder of this tenant's key can make of a text, fit for an address. */
  mark(text: string): string {
    const key = Buffer.from(hkdfSync('sha256', this.#key, '', 'marks', 32))
    return createHmac('sha256', key).update(text).digest('base64url')
  }

  sealBytes(plain: Uint8Array, context: string): Buffer {
    return Buffer.concat([BYTES, ...encryptBytes(this.#key, plain, context)])
  }

  /** What an older version sealed is text. */
  openBytes(sealed: Buffer, context: string): Buffer {
    const isBytes = sealed.subarray(0, BYTES.length).equals(BYTES)
    if (!isBytes) return decrypt(this.#key, sealed.toString(), context)
    return decryptBytes(this.#key, sealed.subarray(BYTES.length), context)
  }
}
