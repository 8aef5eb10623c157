import { groupLetters } from '#domain/runs/group_letters'
import type { LetterCause } from '#domain/runs/group_letters'
import { plainCause } from '#domain/runs/plain_cause'
import { repairOf } from '#domain/runs/repair'
import type Run from '#domain/runs/run'
import { roleReaches } from '#domain/tenants/membership'
import type { Role } from '#domain/tenants/membership'

/** Failed records of a run with one cause, and what mends them. */
export type CauseRow = LetterCause

/** Who may not see the records is not told what is in them here either. */
export async function viewCauses(run: Run, role: Role): Promise<CauseRow[]> {
  const causes = await groupLetters(run)
  if (roleReaches(role, 'operator')) return causes
  return causes.map((cause) => ({
    ...cause,
    message: plainCause(cause),
    repair: repairOf({ ...cause, message: '', value: null }),
  }))
}
