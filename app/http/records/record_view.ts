import type DeadLetter from '#domain/runs/dead_letter'
import type { RecordStory } from '#domain/runs/record_story'
import type { Role } from '#domain/tenants/membership'
import { viewLetterRow } from '#http/dead_letters/letter_view'
import type { LetterRow } from '#http/dead_letters/letter_view'
import { instantText } from '#http/instant_text'

/** What a service knows of a record now. */
export type LinkRow = {
  id: string
  service: { id: string; name: string }
  key: string
  state: string
  targetId: string | null
  settledAt: string | null
  runId: string | null
}
export type RecordLetterRow = LetterRow & {
  service: { id: string; name: string }
  /** The run that it arrived by after all; null where none did, or it is not kept any more. */
  mendedBy: string | null
}
export type RecordView = { links: LinkRow[]; letters: RecordLetterRow[] }

export function viewRecord(
  { links, letters, known }: RecordStory,
  services: Array<{ id: string; name: string }>,
  role: Role
): RecordView {
  const named = (id: string) => ({ id, name: services.find((one) => one.id === id)?.name ?? id })
  return {
    links: links.map(({ serviceId, sourceKey, state, targetId, settledAt, runId }) => ({
      id: `${serviceId} ${sourceKey}`,
      service: named(serviceId),
      key: sourceKey,
      ...{ state, targetId, runId },
      settledAt: settledAt === 0 ? null : instantText(settledAt),
    })),
    letters: letters.map((letter: DeadLetter) => ({
      ...viewLetterRow(letter, role),
      service: named(letter.serviceId),
      mendedBy: known.has(letter.resolvedBy ?? '') ? letter.resolvedBy : null,
    })),
  }
}
