import type { FieldType, Value } from '#sdk'
import { Misfit } from './misfit.js'

type Rule = (value: Value) => Misfit | null

/** A name that begins with a letter, a digit, or one of "_+-". Each part bounded, so that no text makes it slow. */
const EMAIL =
  /^[\p{L}\p{N}_+-][^\s@"<>(),;:\\[\]]{0,255}@(?=.{4,256}$)(?:[\p{L}\p{N}-]{1,63}\.){1,20}\p{L}{2,22}$/u
/** Letters and digits with "+ . - ( ) , ; #" and blanks between. */
const PHONE = /^[+(]?[A-Za-z0-9][A-Za-z0-9+.\-(),;# ]{0,99}$/

/** What a text of some type must look like; null where it may be anything. */
export function grammarOf(type: FieldType | undefined): Rule | null {
  switch (type) {
    case 'email':
      return (value) => unlike(value, EMAIL, 'is not an e-mail address')
    case 'phone':
      return (value) => unlike(value, PHONE, 'is not a phone number')
    case 'url':
      return notUrl
    default:
      return null
  }
}

function unlike(value: Value, shape: RegExp, rule: string): Misfit | null {
  return shape.test(String(value)) ? null : new Misfit('FORMAT', rule, value)
}

function notUrl(value: Value): Misfit | null {
  const text = String(value)
  if (!/\s/.test(text) && URL.canParse(text.includes('://') ? text : `https://${text}`)) return null
  return new Misfit('FORMAT', 'is not a web address', value)
}
