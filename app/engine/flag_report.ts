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
