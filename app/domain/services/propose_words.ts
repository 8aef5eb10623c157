/** Words that mean the same in the names of fields, each group under its first. */
const GROUPS = [
  ['email', 'mail', 'emailaddress', 'mailaddress'],
  ['phone', 'tel', 'telephone', 'fon', 'telefon', 'telefonnummer', 'phonenumber'],
  ['mobile', 'cell', 'cellphone', 'handy', 'mobil', 'mobiltelefon'],
  ['fax', 'telefax'],
  ['zip', 'zipcode', 'postcode', 'postal', 'postalcode', 'plz'],
  ['city', 'town', 'ort', 'stadt'],
  ['street', 'strasse', 'straße', 'road', 'address1', 'addressline1'],
  ['country', 'land'],
  ['state', 'province', 'region', 'bundesland'],
  ['company', 'firm', 'firma', 'organisation', 'organization', 'employer'],
  ['firstname', 'givenname', 'forename', 'vorname'],
  ['lastname', 'surname', 'familyname', 'nachname'],
  ['fullname', 'name', 'title', 'subject'],
  ['amount', 'total', 'sum', 'price', 'betrag', 'grandtotal', 'value'],
  ['count', 'quantity', 'qty', 'anzahl', 'menge'],
  ['reference', 'ref', 'number', 'no', 'nr', 'num', 'nummer', 'code'],
  ['notes', 'note', 'comment', 'comments', 'remark', 'remarks', 'bemerkung'],
  ['description', 'details', 'text', 'beschreibung'],
  ['status', 'stage', 'phase'],
  ['website', 'url', 'web', 'homepage', 'site'],
  ['birthday', 'birthdate', 'dateofbirth', 'dob', 'geburtsdatum'],
  ['created', 'createdat', 'createdtime', 'createdon'],
  ['modified', 'updated', 'updatedat', 'modifiedtime', 'changedat'],
  ['discount', 'rabatt'],
  ['currency', 'waehrung', 'wahrung'],
]

const FIRST_OF = new Map(GROUPS.flatMap((group) => group.map((word) => [word, group[0]])))

const synonymOf = (word: string) => FIRST_OF.get(word)

/** Words that tell nothing of what a field holds. */
const EMPTY = new Set(['the', 'of', 'at', 'on', 'is', 'has', 'field', 'custom', 'cf', 'c'])

/** A name without capitals, accents and what stands between words. */
export function plainName(name: string): string {
  return spelled(name).join('')
}

/**
 * A field's name as the words that it is made of: `customer_eMail`, "Customer E-Mail" and
 * `CustomerMail` are the same words. Whole names that have a synonym are one word.
 */
export function wordsOf(name: string): string[] {
  const words = spelled(name)
  const known = synonymOf(words.join(''))
  if (known !== undefined) return [known]
  const telling = words.filter((word) => !EMPTY.has(word))
  return joined(telling.length > 0 ? telling : words)
}

function spelled(name: string): string[] {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/e-?mail/gi, 'email')
    .replaceAll(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

/** "first name" is one word among others too: `billing_first_name`. */
function joined(words: string[]): string[] {
  const result: string[] = []
  for (let at = 0; at < words.length; at += 1) {
    const pair = words[at] + (words[at + 1] ?? '')
    const known = words[at + 1] === undefined ? undefined : synonymOf(pair)
    result.push(known ?? synonymOf(words[at]) ?? words[at])
    if (known !== undefined) at += 1
  }
  return result
}
