import { test } from '@japa/runner'
import { Misfit, faultOf } from '#engine/misfit'
import { repairOf } from '#domain/runs/repair'

const cause = (code: string, field: string | null, message = '', value: string | null = null) => ({
  ...{ code, field, message, value },
})
const misfit = (code: string, field: string, rule: string, value: string | null = 'x') =>
  faultOf(field, new Misfit(code, rule, value))

test.group('The repair of a cause', () => {
  test('{$i}: {1}, {2}')
    .with([
      [
        misfit('NOT_IN_LIST', 'Stage', 'is not one of the allowed values, such as Won', 'Lost?'),
        'target',
        'Add “Lost?” to the picklist of Stage, or map it to a value it has',
      ],
      [
        misfit('TOO_LONG', 'Deal_Name', 'has 130 characters; 120 fit'),
        'record',
        'Shorten Deal_Name to 120 characters',
      ],
      [
        misfit('TOO_LONG', 'Name', 'has 9 characters; 5 are wanted at most'),
        'record',
        'Shorten Name to 5 characters',
      ],
      [
        misfit('TOO_SHORT', 'Code', 'has 2 characters; at least 4 are wanted'),
        'record',
        'Give Code at least 4 characters',
      ],
      [
        misfit('TOO_MANY_DIGITS', 'Amount', 'has 3 digits after the point; 2 fit'),
        'mapping',
        'Round Amount to 2 digits',
      ],
      [
        misfit('MANDATORY', 'Last_Name', 'must have a value', null),
        'record',
        'Fill in Last_Name, or give it a default in the mapping',
      ],
      [
        misfit('FORMAT', 'Email', 'is not an e-mail address'),
        'record',
        'Correct the e-mail address in Email',
      ],
      [
        misfit('FORMAT', 'Phone', 'is not a phone number'),
        'record',
        'Correct the phone number in Phone',
      ],
      [
        misfit('FORMAT', 'Site', 'is not a web address'),
        'record',
        'Correct the web address in Site',
      ],
      [
        misfit('TOO_LARGE', 'Discount', 'is more than 100'),
        'record',
        'Lower Discount to 100 or less',
      ],
      [
        cause(
          'INVALID_DATA',
          'Deal_Name',
          'Deal_Name is too long: Zoho takes 120 characters at most.'
        ),
        'record',
        'Shorten Deal_Name to 120 characters',
      ],
      [
        cause('LOOKUP_NOT_FOUND', 'Account_Name'),
        'target',
        'Create the record that Account_Name refers to, or correct the reference',
      ],
      [
        cause('TOO_MANY_REQUESTS', null),
        'again',
        'Send it again: the other side was not ready for it',
      ],
      [
        cause('UNCLEAR', null),
        'again',
        'Look for it in the target, and send it again only if it is missing',
      ],
      [cause('NEVER_HEARD_OF', 'Fax'), 'record', 'Correct Fax as the message says'],
      [cause('NEVER_HEARD_OF', null), 'record', 'Correct the record as the message says'],
    ] as const)
    .run(({ assert }, [given, place, text]) => {
      assert.deepEqual(repairOf(given), { place, text })
    })
})
