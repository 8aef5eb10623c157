import { ConnectorError } from '#sdk'
import type { Context, StreamAccess } from '#sdk'
import { Egress } from './egress.js'
import { guardedConnect } from './guarded_connect.js'
import { GuardedHttp } from './guarded_http.js'
import { loadConnector } from './load_plugin.js'
import type { RequestHistory } from './requests/request_history.js'
import { tenantFiles } from './tenant_files.js'
import type { ConnectionGrant, Grounds, Ports } from './messages.js'
import type { ServerLine } from './server_line.js'

export interface Occasion {
  grounds: Grounds
  line: ServerLine
  signal: AbortSignal
  runId: string | null
  callbackUrl?: string | null
}

const DENIED = (permission: string) => async () => {
  throw new ConnectorError(
    'config',
    `The manifest of this connector does not ask for the permission "${permission}"`
  )
}

/** Loads a connection's connector and gives it what its manifest was granted, and nothing else. */
export async function openConnector(
  connection: ConnectionGrant,
  occasion: Occasion,
  history: RequestHistory | null = null
) {
  const { grounds, line, signal, runId, callbackUrl = null } = occasion
  const { connector, manifest } = await loadConnector(grounds.pluginsRoot, connection.connector)
  const egress = new Egress(grounds.egressAllow, manifest.hosts)
  const ports: Pick<Ports, 'token' | 'quota'> = line.ports
  const http = new GuardedHttp({
    connectionId: connection.id,
    runId,
    signal,
    auth: connector.auth,
    limits: connector.limits ?? null,
    egress,
    ports,
    history,
  })
  const files = tenantFiles(grounds.filesRoot)
  const may = (permission: (typeof manifest.permissions)[number]) =>
    manifest.permissions.includes(permission)
  const log =
    (level: 'info' | 'warn') =>
    (message: string, fields: Context['settings'] = {}) =>
      line.tell({ type: 'log', level, message, fields: { ...fields, connector: manifest.name } })

  const ctx: Context = {
    settings: connection.settings,
    secrets: connection.secrets,
    http: may('http') ? http : { request: DENIED('http') },
    connect: may('tcp') ? guardedConnect(egress, signal) : DENIED('tcp'),
    openFile: may('files') ? files.openFile : DENIED('files'),
    filePath: may('files') ? files.filePath : DENIED('files'),
    ...(callbackUrl === null ? {} : { callbackUrl }),
    signal,
    log: { info: log('info'), warn: log('warn') },
  }
  return { connector, ctx, close: () => http.close() }
}

export type OpenConnector = Awaited<ReturnType<typeof openConnector>>

/** How a stream of a connector is reached, whether it was declared or discovered. */
export function accessTo({ connector }: OpenConnector, stream: string): StreamAccess {
  const declared = connector.streams?.find(({ description }) => description.name === stream)
  const access = declared ?? connector.discover
  if (access === undefined) {
    throw new ConnectorError('config', `${connector.title} has no stream "${stream}"`)
  }
  return access
}
