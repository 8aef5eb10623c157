import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { validate as isUuid } from 'uuid'
import Extension from '#domain/selections/extension'
import Selection from '#domain/selections/selection'

/** A right to one selection: its id, and a signature over all that the selection is. */
export async function linkToken(selection: Selection): Promise<string> {
  const extension = await Extension.findOrFail(selection.extensionId)
  return `${selection.id}.${await signatureOf(selection, extension)}`
}

/** The selection that a token gives a right to; null for any other text. */
export async function readLink(token: string): Promise<Selection | null> {
  const [id = '', signature = '', ...more] = token.split('.')
  if (!isUuid(id) || more.length > 0) return null
  const selection = await Selection.find(id)
  const extension = selection && (await Extension.find(selection.extensionId))
  if (!selection || !extension) return null
  const wanted = await signatureOf(selection, extension)
  return timingSafeEqual(sha256(signature), sha256(wanted)) ? selection : null
}

async function signatureOf(selection: Selection, extension: Extension): Promise<string> {
  const { signing } = await extension.secrets()
  const { id, tenantId, connectionId, module, ids, org, userId, expiresAt } = selection
  const parts = ['selection link', id, tenantId, connectionId, module, ids, org, userId]
  return createHmac('sha256', signing)
    .update(JSON.stringify([...parts, expiresAt.toMillis()]))
    .digest('base64url')
}

const sha256 = (text: string) => createHash('sha256').update(text).digest()
