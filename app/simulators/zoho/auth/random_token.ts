import { randomBytes } from 'node:crypto'

const part = () => randomBytes(16).toString('hex')

/** A token or code as Zoho writes them. */
export const randomToken = () => `1000.${part()}.${part()}`
