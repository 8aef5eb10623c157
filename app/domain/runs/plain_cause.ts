import { KNOWN_CODES, repairOf } from '#domain/runs/repair'

const UNSHOWN = / as the message says$/

/** Why a record did not arrive, without a word of what is in it. */
export function plainCause({ code, field }: { code: string; field: string | null }): string {
  return repairOf({ code, field, message: '', value: null }).text.replace(UNSHOWN, '')
}

/** The codes whose cause a page tells with these words. */
export function codesSaying(words: string): string[] {
  const wanted = words.toLowerCase()
  return KNOWN_CODES.filter((code) =>
    plainCause({ code, field: null }).toLowerCase().includes(wanted)
  )
}
