/** Something the person at the terminal can mend: what, where and how, in one sentence or two. */
export class SetupFault extends Error {}

const faultsOfTheDisk = {
  EACCES: 'may not be written by this user: give it to the user who runs this, or run elsewhere',
  EPERM: 'may not be written by this user: give it to the user who runs this, or run elsewhere',
  EROFS: 'is on a read-only file system: check the project out where it can be written',
  ENOSPC: 'does not fit on the disk: make room and run this again',
}

/** One line for any error, without a stack trace. */
export function sentenceOf(error) {
  if (error instanceof SetupFault) return error.message
  const cause = faultsOfTheDisk[error?.code]
  if (cause) return `${error.path ?? 'A file of the project'} ${cause}.`
  return error instanceof Error ? error.message : String(error)
}
