/** A field of the record that a lookup points to: "Account_Name.Account_Name". */
export function isJoined(name: string) {
  return name.includes('.')
}

/** The lookup that a field is reached by, or the field itself. */
export function baseOf(name: string) {
  return name.split('.', 1)[0]
}

/** What a field is called in the module that its lookup points to. */
export function farName(name: string) {
  return name.slice(baseOf(name).length + 1)
}
