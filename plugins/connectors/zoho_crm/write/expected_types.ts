const types: { [type: string]: string } = {
  text: 'a text',
  string: 'a text',
  textarea: 'a text',
  picklist: 'one of its values',
  multiselectpicklist: 'a list of its values',
  email: 'an e-mail address like ann@example.com',
  phone: 'a phone number',
  website: 'a web address',
  date: 'a date',
  datetime: 'a time with its offset',
  integer: 'a whole number',
  long: 'a whole number',
  bigint: 'a whole number',
  double: 'a number',
  decimal: 'a number',
  currency: 'an amount of money',
  percent: 'a number',
  boolean: 'true or false',
  lookup: 'another record',
  ownerlookup: 'a user',
  jsonobject: 'another record',
  jsonarray: 'a list',
}

/** What Zoho's name of a type means to a person. */
export function expectedType(type: string): string {
  return types[type.toLowerCase()] ?? type
}
