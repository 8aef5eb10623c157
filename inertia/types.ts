/** The one place where pages meet the server: types only, gone once built. */
export type { Pages } from '../app/http/pages.js'
export type { SharedView, TenantLink } from '../app/http/shared.js'
export type { Paged } from '../app/http/paged.js'
export type { Counts, RunRow, RunView } from '../app/http/runs/run_view.js'
export type { RunFilter } from '../app/http/runs/run_filter.js'
export type { BatchesView } from '../app/http/runs/batches_view.js'
export type { SaidText } from '../app/http/requests/body_view.js'
export type { RequestRow } from '../app/http/requests/request_view.js'
export type { RequestsView } from '../app/http/requests/requests_view.js'
export type { LetterRow } from '../app/http/dead_letters/letter_view.js'
export type { RecordView } from '../app/http/records/record_view.js'
export type { CauseRow } from '../app/http/runs/cause_view.js'
export type { LetterFilter } from '../app/http/dead_letters/letter_filter.js'
export type { EditField } from '../app/http/letter_edits/edit_view.js'
export type { CandidateView, FieldValue } from '../app/http/dead_letters/payload_view.js'
export type { EndView, RevisionRow, ServiceView } from '../app/http/services/service_view.js'
export type { MappingLine } from '../app/http/services/mapping_view.js'
export type { AttentionView } from '../app/http/overview/attention_view.js'
export type {
  FieldView,
  FormView,
  SecretView,
  SignInView,
} from '../app/http/connections/form_view.js'
export type { HealthView } from '../app/http/connections/health_view.js'
export type { ConsentView } from '../app/http/consents/consent_view.js'
export type { AccountView, WaitingRun } from '../app/http/credits/account_view.js'
export type { OrgRow } from '../app/http/credits/orgs_view.js'
export type { ShareRow, SpendingView, SpentBar } from '../app/http/credits/spending_view.js'
export type { NextView } from '../app/http/services/next_view.js'
export type { CreditsView } from '../app/http/overview/credits_view.js'
export type { ChannelRow } from '../app/http/deliveries/channel_view.js'
export type { ChangeRow, DeliveryRow } from '../app/http/deliveries/delivery_view.js'
export type { LossesView } from '../app/http/previews/losses_view.js'
export type { PreviewRow, PreviewView } from '../app/http/previews/preview_view.js'
export type { SelectableService, SelectionView } from '../app/http/selections/selection_view.js'
export type { ExecutionView } from '../app/http/selections/execution_view.js'
export type { SelectionPreviewView } from '../app/http/selections/selection_preview.js'
export type { RunChange } from '../app/http/live/run_change.js'
export type { AlertRow, KindChoice, ReceiverRow } from '../app/http/alerts/alert_view.js'
export type { DraftView } from '../app/http/service_drafts/draft_view.js'
export type { FormulaFunction } from '../app/http/service_builder/formula_guide.js'
export type {
  BuilderDefinition,
  BuilderField,
  BuilderProblem,
  BuilderRow,
  BuilderSchedule,
  BuilderStream,
  BuilderTrial,
  BuilderValue,
  FieldSample,
  FoundValues,
  NewColumn,
  NewTable,
  SlotRow,
} from '../app/http/service_builder/answers.js'
