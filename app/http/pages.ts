import type { ActionResultView, ActionView, StreamName } from '#http/actions/action_view'
import type { AlertRow, KindChoice, ReceiverRow } from '#http/alerts/alert_view'
import type { TenantFile } from '#domain/connections/tenant_folder'
import type { ConnectionRow } from '#http/connections/connection_view'
import type { ConnectorCard } from '#http/connections/connectors'
import type { FormView } from '#http/connections/form_view'
import type { HealthView } from '#http/connections/health_view'
import type { ConsentView } from '#http/consents/consent_view'
import type { NextView } from '#http/services/next_view'
import type { AccountView } from '#http/credits/account_view'
import type { OrgRow } from '#http/credits/orgs_view'
import type { SpendingView } from '#http/credits/spending_view'
import type { CauseRow } from '#http/runs/cause_view'
import type { LetterFilter } from '#http/dead_letters/letter_filter'
import type { LetterRow } from '#http/dead_letters/letter_view'
import type { PayloadView } from '#http/dead_letters/payload_view'
import type { ChannelRow } from '#http/deliveries/channel_view'
import type { ChangeRow, DeliveryRow } from '#http/deliveries/delivery_view'
import type { EditField } from '#http/letter_edits/edit_view'
import type { AttentionView } from '#http/overview/attention_view'
import type { BeginningView } from '#http/overview/beginning_view'
import type { CreditsView } from '#http/overview/credits_view'
import type { DayView } from '#http/overview/day_view'
import type { Paged } from '#http/paged'
import type { LossesView } from '#http/previews/losses_view'
import type { MadePreview, PreviewRow, PreviewView } from '#http/previews/preview_view'
import type { BodyView } from '#http/requests/body_view'
import type { RequestRow } from '#http/requests/request_view'
import type { RequestsView } from '#http/requests/requests_view'
import type { BatchesView } from '#http/runs/batches_view'
import type { RecordView } from '#http/records/record_view'
import type { RunFilter } from '#http/runs/run_filter'
import type { RunPage } from '#http/runs/run_page'
import type { RunRow, RunView } from '#http/runs/run_view'
import type { SelectableService, SelectionView } from '#http/selections/selection_view'
import type { ExecutionView } from '#http/selections/execution_view'
import type { SelectionPreviewView } from '#http/selections/selection_preview'
import type { FormulaFunction } from '#http/service_builder/formula_guide'
import type { BuilderConnection, DraftRow, DraftView } from '#http/service_drafts/draft_view'
import type { TemplateCard } from '#http/service_drafts/template_cards'
import type { ServiceListRow } from '#http/services/service_rows_view'
import type { LackingView } from '#http/services/lacking_view'
import type { RevisionRow, ServiceView } from '#http/services/service_view'
import type { TemplateUpdateView } from '#http/template_updates/template_update_view'
import type { TenantRow } from '#http/tenants/tenants_view'

type Empty = { [name: string]: never }
export type ServiceName = { id: string; name: string }

/** What each page is given. Controllers are checked against it, and pages take their types from it. */
export type Pages = {
  'home/show': Empty
  'sessions/create': Empty
  'setups/index': Empty
  'setups/show': { token: string | null }
  'tenants/index': { rows: TenantRow[] }
  'overview/show': {
    beginning: BeginningView
    day: DayView
    attention: AttentionView
    credits: CreditsView
    runs: RunRow[]
  }
  'credits/index': { orgs: OrgRow[] }
  'credits/show': { accounts: AccountView[]; spending: SpendingView }
  'services/index': { services: ServiceListRow[]; isArchive: boolean; others: number }
  'services/show': {
    service: ServiceView
    lacking: LackingView[]
    revisions: RevisionRow[]
    newerTemplate: string | null
    next?: NextView
    runs: Paged<RunRow>
  }
  'revisions/show': {
    service: ServiceName
    revision: { number: number; note: string | null }
    current: number
    changes: string[]
    undone: string[]
  }
  'template_updates/show': { service: ServiceName; update: TemplateUpdateView | null }
  'previews/create': { service: ServiceName; made?: MadePreview }
  'previews/show': {
    service: ServiceName
    preview: PreviewView
    records: Paged<PreviewRow>
    losses?: LossesView
  }
  'runs/index': {
    runs: RunPage
    services: ServiceName[]
    filter: RunFilter
  }
  'runs/show': {
    run: RunView
    channel: string
    expected: number | null
    batches: BatchesView
    requests: RequestsView
    letters: Paged<LetterRow>
    openLetters: number
    causes: CauseRow[]
  }
  'requests/show': {
    request: RequestRow
    run: { id: string; serviceName: string }
    body: BodyView | null
  }
  'dead_letters/index': {
    service: ServiceName
    letters: Paged<LetterRow>
    filter: LetterFilter
  }
  'dead_letters/show': { letter: LetterRow; service: ServiceName; payload: PayloadView | null }
  'dead_letters/edit': { letter: LetterRow; service: ServiceName; fields: EditField[] }
  'dead_letters/edit_group': {
    service: ServiceName
    filter: LetterFilter
    count: number
    records: Array<{ id: string; key: string; message: string; fields: EditField[] }>
  }
  'retentions/show': {
    retention: {
      runDays: number
      letterDays: number
      megabytes: number | null
      used: number | null
      measuredAt: string | null
    }
  }
  'records/index': { asked: string | null; record: RecordView | null }
  'connections/index': { connections: ConnectionRow[] }
  'connections/create': { connectors: ConnectorCard[] }
  'connections/edit': { form: FormView; files: TenantFile[]; scopes: string }
  'connections/show': { connection: ConnectionRow; health: HealthView }
  'connections/consent': { consent: ConsentView }
  'connections/files': { files: Array<{ name: string; bytes: number; changedAt: string | null }> }
  'actions/index': {
    connection: { id: string; name: string; connector: string }
    actions: ActionView[]
    chosen: string | null
    streams?: StreamName[]
    result: ActionResultView | null
  }
  'deliveries/index': {
    channels: ChannelRow[]
    deliveries: Paged<DeliveryRow>
    changes: Paged<ChangeRow>
    state: string
    runs: RunRow[]
  }
  'builder/create': { templates: TemplateCard[]; drafts: DraftRow[]; connections: number }
  'builder/edit': {
    draft: DraftView
    connections: BuilderConnection[]
    functions: FormulaFunction[]
    zones: string[]
  }
  'alerts/index': {
    open: AlertRow[]
    closed: AlertRow[]
    receivers: ReceiverRow[]
    kinds: KindChoice[]
    isMailSet: boolean
  }
  'selections/show': {
    selection: SelectionView
    services: SelectableService[]
    chosen: string | null
    execution: ExecutionView | null
    preview?: SelectionPreviewView
  }
  'selections/closed': { reason: 'unknown' | 'expired' }
  'errors/error': { status: number; message: string | null; requestId: string | null }
}
