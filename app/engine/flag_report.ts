import { amount } from './amount.js'

/** What became of the flags that a run wanted to set or to unset, since it was last taken up. */
export interface FlagReport {
  field: string
  set: number
  unset: number
  /** Records that changed while they were sent: they are to be read again. */
  changed: number
  gone: number
  /** Those whose flags are as they were, since flagging failed. */
  left: number
  problem: string | null
}

/** What a person must know of the flags; null where they are as they should be. */
export function flagReportText({ field, changed, left, problem }: FlagReport): string | null {
  const said: string[] = []
  if (changed > 0) {
    said.push(
      `${amount(changed, 'record')} changed in the source meanwhile: the flag ${field} stays unset, and the next run reads ${changed === 1 ? 'it' : 'them'} again.`
    )
  }
  if (left > 0) {
    const why = problem === null ? '' : ` (${problem.replace(/\.$/, '')})`
    said.push(
      `The flag ${field} could not be written for ${amount(left, 'record')} of the source${why}. What has arrived is not sent again: the next run finds it unchanged and sets the flag then, which costs no credit.`
    )
  }
  return said.length === 0 ? null : said.join(' ')
}
