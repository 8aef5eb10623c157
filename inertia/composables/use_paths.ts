import { useShared } from './use_shared.js'

type InTenant = (path: string) => string

function withQuery(path: string, query: Record<string, string | null | undefined>): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : []))
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}

const servicePaths = (inTenant: InTenant) => ({
  services: () => inTenant('/services'),
  archivedServices: () => inTenant('/services?show=archived'),
  service: (id: string) => inTenant(`/services/${id}`),
  newService: () => inTenant('/service-drafts/create'),
  drafts: () => inTenant('/service-drafts'),
  draft: (id: string) => inTenant(`/service-drafts/${id}`),
  draftCheck: (id: string) => inTenant(`/service-drafts/${id}/check`),
  draftRevision: (id: string) => inTenant(`/service-drafts/${id}/revision`),
  serviceEdits: (id: string) => inTenant(`/services/${id}/edits`),
  builder: (question: string) => inTenant(`/service-builder/${question}`),
  preview: (id: string) => inTenant(`/services/${id}/preview`),
  keptPreview: (id: string, query: Record<string, string | null> = {}) =>
    withQuery(inTenant(`/previews/${id}`), query),
  previewFile: (id: string, query: Record<string, string | null> = {}) =>
    withQuery(inTenant(`/previews/${id}/file`), query),
  approval: (id: string) => inTenant(`/previews/${id}/approval`),
  serviceRuns: (id: string) => inTenant(`/services/${id}/runs`),
  servicePause: (id: string) => inTenant(`/services/${id}/pause`),
  serviceSyncs: (id: string) => inTenant(`/services/${id}/syncs`),
  serviceArchive: (id: string) => inTenant(`/services/${id}/archive`),
  serviceCopies: (id: string) => inTenant(`/services/${id}/copies`),
  serviceFile: (id: string) => inTenant(`/services/${id}/file`),
  serviceFiles: () => inTenant('/service-files'),
  revision: (id: string, number: number) => inTenant(`/services/${id}/revisions/${number}`),
  templateUpdate: (id: string) => inTenant(`/services/${id}/template-update`),
  restoration: (id: string, number: number) =>
    inTenant(`/services/${id}/revisions/${number}/restoration`),
  replays: (id: string) => inTenant(`/services/${id}/replays`),
  newGroupEdit: (id: string, query: Record<string, string | null>) =>
    withQuery(inTenant(`/services/${id}/letter-edits/create`), query),
  groupEdits: (id: string) => inTenant(`/services/${id}/letter-edits`),
  letters: (id: string, query: Record<string, string | null> = {}) =>
    withQuery(inTenant(`/services/${id}/dead-letters`), query),
})

const runPaths = (inTenant: InTenant) => ({
  letter: (id: string) => inTenant(`/dead-letters/${id}`),
  letterEdit: (id: string) => inTenant(`/dead-letters/${id}/edit`),
  letterChoices: (id: string) => inTenant(`/dead-letters/${id}/choices`),
  letterEdits: (id: string) => inTenant(`/dead-letters/${id}/edits`),
  runs: (query: Record<string, string | null> = {}) => withQuery(inTenant('/runs'), query),
  runFile: (query: Record<string, string | null> = {}) => withQuery(inTenant('/run-file'), query),
  retention: () => inTenant('/retention'),
  record: (key: string) => withQuery(inTenant('/records'), { key }),
  run: (id: string, query: Record<string, string | null> = {}) =>
    withQuery(inTenant(`/runs/${id}`), query),
  request: (id: string) => inTenant(`/requests/${id}`),
  cancellation: (id: string) => inTenant(`/runs/${id}/cancellation`),
  brakeRelease: (id: string) => inTenant(`/runs/${id}/brake-release`),
  reserveUse: (id: string) => inTenant(`/runs/${id}/reserve-use`),
  alerts: () => inTenant('/alerts'),
  alertReceivers: () => inTenant('/alert-receivers'),
  alertReceiver: (id: string) => inTenant(`/alert-receivers/${id}`),
  alertTrials: (id: string) => inTenant(`/alert-receivers/${id}/trials`),
  deliveries: () => inTenant('/deliveries'),
})

const connectionPaths = (inTenant: InTenant) => ({
  creditLimits: (id: string) => inTenant(`/connections/${id}/credit-limits`),
  connections: () => inTenant('/connections'),
  actions: (id: string) => inTenant(`/connections/${id}/actions`),
  connection: (id: string) => inTenant(`/connections/${id}`),
  newConnection: (connector?: string) => withQuery(inTenant('/connections/create'), { connector }),
  editConnection: (id: string) => inTenant(`/connections/${id}/edit`),
  connectionTrials: () => inTenant('/connection-trials'),
  connectionConsents: (id: string) => inTenant(`/connections/${id}/consents`),
  consent: (id: string) => inTenant(`/consents/${id}`),
  consentConfirmation: (id: string) => inTenant(`/consents/${id}/confirmation`),
  files: () => inTenant('/files'),
  file: (name: string) => inTenant(`/files/${encodeURIComponent(name)}`),
  connectionCheck: (id: string) => inTenant(`/connections/${id}/checks`),
})

/** Every address that pages link to. */
export function usePaths() {
  const shared = useShared()
  const inTenant = (path: string) => `/t/${shared.value.tenant?.slug ?? ''}${path}`
  return {
    signIn: '/login',
    session: '/session',
    tenants: '/tenants',
    setup: (token: string) => `/setup/${token}`,
    tenant: (slug: string) => `/t/${slug}`,
    overview: () => inTenant(''),
    credits: () => inTenant('/credits'),
    allCredits: '/credits',
    ...servicePaths(inTenant),
    ...runPaths(inTenant),
    ...connectionPaths(inTenant),
  }
}
