import type { RecordFault } from './misfit.js'

export const NEVER_ARRIVED: RecordFault = {
  code: 'NO_ANSWER',
  field: null,
  value: null,
  message: 'The target never answered, and the record did not arrive',
}

export const UNCLEAR: RecordFault = {
  code: 'UNCLEAR',
  field: null,
  value: null,
  message:
    'The reply was lost and the target could not say whether the record arrived. ' +
    'Look for it there, and send it again only if it is missing.',
}
