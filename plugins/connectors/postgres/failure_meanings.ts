import type { ErrorKind, Value } from '#sdk'

export type Settings = { [name: string]: Value }
export type Stage = 'connect' | 'handshake' | 'query' | 'write'

export interface Meaning {
  codes: string[]
  /** For what the driver says without a code. */
  says?: RegExp
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
    codes: ['28P01'],
    says: /client password must be/,
    kind: 'auth',
    field: 'user',
    say: ({ user }) => `The server does not accept user ${user} with this password. Check both.`,
  },
  {
    codes: [],
    says: /no encryption|SSL off/i,
    kind: 'config',
    field: 'tls',
    say: () => 'The server takes encrypted connections only. Turn TLS on.',
  },
  {
    codes: ['28000'],
    kind: 'config',
    field: 'user',
    say: ({ user, database }) =>
      `The server does not let user ${user} into ${database} from this machine. Check the user, or let its administrator allow it.`,
  },
  {
    codes: ['3D000'],
    kind: 'config',
    field: 'database',
    say: ({ database }) => `The server has no database named ${database}. Check its name.`,
  },
  {
    codes: ['42501'],
    stages: ['handshake'],
    kind: 'config',
    field: 'database',
    say: ({ database, user }) =>
      `User ${user} may not use database ${database}. Check the name, or grant the user CONNECT on it.`,
  },
  {
    codes: [],
    says: /does not support SSL/i,
    kind: 'config',
    field: 'tls',
    say: () => 'The server has no TLS. Turn TLS off, or set the server up for it.',
  },
  {
    codes: [
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
    codes: ['42P01', '42703', '3F000'],
    kind: 'config',
    field: null,
    say: () => 'The table or one of its columns is gone. Open the service and choose again.',
  },
  {
    codes: ['42501'],
    stages: ['write'],
    kind: 'config',
    field: 'user',
    say: ({ user }) =>
      `User ${user} may not change this table. Grant the user SELECT, INSERT and UPDATE on it.`,
  },
  {
    codes: ['42501'],
    kind: 'config',
    field: 'user',
    say: ({ user }) => `User ${user} may not read this table. Grant the user SELECT on it.`,
  },
  {
    codes: ['25006'],
    kind: 'config',
    field: 'host',
    say: ({ host }) =>
      `The server on ${host} is set to reading only. Choose the one that is written.`,
  },
  {
    codes: ['53300'],
    kind: 'rate_limited',
    field: null,
    say: () => 'The database takes no more connections at the moment.',
  },
  {
    codes: ['40001', '40P01', '55P03', '57014', '57P01', '57P02', '57P03', '53200'],
    kind: 'transient',
    field: null,
    say: () => 'The database broke off the work.',
  },
  {
    codes: ['ECONNRESET', 'EPIPE', '08006', '08003'],
    says: /connection terminated|not queryable|client has encountered a connection error/i,
    stages: ['query', 'write'],
    kind: 'transient',
    field: null,
    say: () => 'The database broke off the connection.',
  },
]
