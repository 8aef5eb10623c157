import { ConnectorError, type Context } from '#sdk'

type Headers = { [name: string]: string }

/** What every call of a connection carries. */
export function headersOf(ctx: Context): Headers {
  return { accept: 'application/json', ...further(ctx), ...authorization(ctx) }
}

function further({ settings }: Context): Headers {
  const lines = String(settings.headers ?? '')
    .split(/[;\n]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return Object.fromEntries(lines.map(headerIn))
}

function headerIn(line: string): [string, string] {
  const [, name, value] = /^([\w!#$%&'*+.^`|~-]+)\s*:\s*(.*)$/.exec(line) ?? []
  if (name !== undefined && value !== undefined) return [name.toLowerCase(), value]
  const message = `"${line}" is no header: write a name, a colon and a value.`
  throw new ConnectorError('config', message)
}

function authorization({ settings, secrets }: Context): Headers {
  const { token = '', password = '' } = secrets
  switch (settings.auth) {
    case 'bearer':
      return { authorization: `Bearer ${token}` }
    case 'basic': {
      const pair = Buffer.from(`${String(settings.user ?? '')}:${password}`)
      return { authorization: `Basic ${pair.toString('base64')}` }
    }
    case 'header':
      return { [String(settings.authHeader ?? 'x-api-key').toLowerCase()]: token }
    default:
      return {}
  }
}
