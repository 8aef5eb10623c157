import type { ErrorKind, Value } from '#sdk'

export type Settings = { [name: string]: Value }
export type Stage = 'connect' | 'handshake' | 'query' | 'write'

export interface Meaning {
  codes: string[]
  stages?: Stage[]
  kind: ErrorKind
  field: string | null
  say(settings: Settings): string
}

export const FAILURE_MEANINGS: Meaning[] = [
  {
    codes: ['ENOTFOUND', 'EAI_AGAIN'],
    kind: 'config',
    field: 'host',
    say: ({ host }) => `No machine is known by the name ${host}. Check the host.`,
  },
  {
    codes: ['ECONNREFUSED'],
    kind: 'transient',
    field: 'port',
    say: ({ host, port }) =>
      `${host} refuses connections on port ${port}. Check the port, and that the database runs there.`,
  },
  {
    codes: ['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
    stages: ['connect'],
    kind: 'transient',
    field: 'host',
    say: ({ host, port }) =>
      `${host} does not answer on port ${port}. Check the host, and that no firewall stands between.`,
  },
  {
    codes: ['ER_ACCESS_DENIED_ERROR', 'ER_ACCESS_DENIED_NO_PASSWORD_ERROR'],
    kind: 'auth',
    field: 'user',
    say: ({ user }) => `The server does not accept user ${user} with this password. Check both.`,
  },
  {
    codes: ['ER_BAD_DB_ERROR'],
    kind: 'config',
    field: 'database',
    say: ({ database }) => `The server has no database named ${database}. Check its name.`,
  },
  {
    codes: ['ER_DBACCESS_DENIED_ERROR'],
    kind: 'config',
    field: 'database',
    say: ({ database, user }) =>
      `User ${user} may not use database ${database}. Check the name, or grant the user SELECT on it.`,
  },
  {
    codes: ['ER_SECURE_TRANSPORT_REQUIRED'],
    kind: 'config',
    field: 'tls',
    say: () => 'The server takes encrypted connections only. Turn TLS on.',
  },
  {
    codes: ['HANDSHAKE_NO_SSL_SUPPORT'],
    kind: 'config',
    field: 'tls',
    say: () => 'The server has no TLS. Turn TLS off, or set the server up for it.',
  },
  {
    codes: [
      'HANDSHAKE_SSL_ERROR',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'CERT_HAS_EXPIRED',
    ],
    kind: 'config',
    field: 'tlsVerify',
    say: () =>
      'The certificate of the server is not trusted. Give the server a valid one, or turn verifying off.',
  },
  {
    codes: ['ER_HOST_NOT_PRIVILEGED', 'ER_HOST_IS_BLOCKED'],
    kind: 'config',
    field: 'host',
    say: ({ host }) =>
      `The database on ${host} takes no connections from this machine. Let its administrator allow it.`,
  },
  {
    codes: ['ER_NO_SUCH_TABLE', 'ER_BAD_FIELD_ERROR'],
    kind: 'config',
    field: null,
    say: () => 'The table or one of its columns is gone. Open the service and choose again.',
  },
  {
    codes: ['ER_TABLEACCESS_DENIED_ERROR', 'ER_COLUMNACCESS_DENIED_ERROR'],
    stages: ['write'],
    kind: 'config',
    field: 'user',
    say: ({ user }) =>
      `User ${user} may not change this table. Grant the user SELECT, INSERT and UPDATE on it.`,
  },
  {
    codes: ['ER_OPTION_PREVENTS_STATEMENT', 'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION'],
    stages: ['write'],
    kind: 'config',
    field: 'host',
    say: ({ host }) =>
      `The server on ${host} is set to reading only. Choose the one that is written.`,
  },
  {
    codes: ['ER_TABLEACCESS_DENIED_ERROR', 'ER_COLUMNACCESS_DENIED_ERROR'],
    kind: 'config',
    field: 'user',
    say: ({ user }) => `User ${user} may not read this table. Grant the user SELECT on it.`,
  },
  {
    codes: [
      'PROTOCOL_CONNECTION_LOST',
      'ECONNRESET',
      'EPIPE',
      'ER_LOCK_DEADLOCK',
      'ER_LOCK_WAIT_TIMEOUT',
      'ER_SERVER_SHUTDOWN',
      'ER_QUERY_INTERRUPTED',
      'ER_CONNECTION_KILLED',
    ],
    stages: ['query', 'write'],
    kind: 'transient',
    field: null,
    say: () => 'The database broke off the connection.',
  },
  {
    codes: ['ER_CON_COUNT_ERROR', 'ER_TOO_MANY_USER_CONNECTIONS', 'ER_USER_LIMIT_REACHED'],
    kind: 'rate_limited',
    field: null,
    say: () => 'The database takes no more connections at the moment.',
  },
  {
    codes: ['ER_SERVER_SHUTDOWN'],
    kind: 'transient',
    field: null,
    say: () => 'The database is shutting down.',
  },
]
