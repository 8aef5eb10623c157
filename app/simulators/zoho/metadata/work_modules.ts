import { anyModule } from './any_module.js'
import { defineField, lookup, mandatory, picklist } from './define_field.js'
import { defineModule } from './module_definition.js'

const text = { length: 32000 }
const activity = { isUpsertable: false, duplicateField: null }
const about = lookup('What_Id', anyModule)

const tasks = defineModule(
  'Tasks',
  [
    mandatory('Subject', 'text', 255),
    defineField('Due_Date', 'date'),
    picklist('Status', ['Not Started', 'Deferred', 'In Progress', 'Completed']),
    picklist('Priority', ['High', 'Highest', 'Low', 'Lowest', 'Normal']),
    lookup('Who_Id', 'Contacts'),
    about,
    defineField('Description', 'textarea', text),
  ],
  activity
)

const events = defineModule(
  'Events',
  [
    mandatory('Event_Title', 'text', 255),
    mandatory('Start_DateTime', 'datetime', 120),
    mandatory('End_DateTime', 'datetime', 120),
    defineField('All_day', 'boolean'),
    defineField('Venue', 'text'),
    lookup('Who_Id', 'Contacts'),
    about,
    defineField('Description', 'textarea', text),
  ],
  { ...activity, isBulkWritable: false }
)

const calls = defineModule(
  'Calls',
  [
    mandatory('Subject', 'text', 255),
    picklist('Call_Type', ['Inbound', 'Outbound', 'Missed'], { isMandatory: true }),
    mandatory('Call_Start_Time', 'datetime', 120),
    mandatory('Call_Duration', 'text', 20),
    lookup('Who_Id', 'Contacts'),
    about,
    defineField('Description', 'textarea', text),
  ],
  { ...activity, isBulkWritable: false }
)

const cases = defineModule('Cases', [
  mandatory('Subject', 'text', 255),
  picklist('Case_Origin', ['Email', 'Phone', 'Web'], { isMandatory: true }),
  picklist('Status', ['New', 'On Hold', 'Escalated', 'Closed'], { isMandatory: true }),
  picklist('Priority', ['High', 'Medium', 'Low']),
  lookup('Account_Name', 'Accounts'),
  defineField('Email', 'email'),
  defineField('Description', 'textarea', text),
])

const solutions = defineModule('Solutions', [
  mandatory('Solution_Title', 'text', 255),
  picklist('Status', ['Created', 'Draft', 'Reviewed']),
  lookup('Product_Name', 'Products'),
  defineField('Question', 'textarea', text),
  defineField('Answer', 'textarea', text),
])

const home = defineModule('Home', [], {
  generatedType: 'system',
  isApiSupported: false,
  isUpsertable: false,
  isBulkWritable: false,
})

export const workModules = [tasks, events, calls, cases, solutions, home]
