import type { Context } from '#sdk'

const LONGEST = 300

/** What an endpoint says, fit to be shown: it may repeat what it was sent. */
export function withoutSecrets({ secrets, settings }: Context, text: string): string {
  const { token = '', password = '' } = secrets
  const pair = Buffer.from(`${String(settings.user ?? '')}:${password}`).toString('base64')
  const told = [token, password, password === '' ? '' : pair]
    .filter((secret) => secret !== '')
    .reduce((left, secret) => left.replaceAll(secret, '***'), text)
  const line = told.replaceAll(/\s+/g, ' ').trim()
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line
}
