import { defineField, lookup, mandatory } from './define_field.js'
import { anyModule } from './any_module.js'
import { defineModule } from './module_definition.js'

const traits = { isUpsertable: false, isBulkWritable: false, duplicateField: null } as const
const parent = lookup('Parent_Id', anyModule, { isMandatory: true })

const notes = defineModule(
  'Notes',
  [
    defineField('Note_Title', 'text', { length: 120 }),
    defineField('Note_Content', 'textarea', { length: 32_000, isMandatory: true }),
    parent,
  ],
  traits
)

const attachments = defineModule(
  'Attachments',
  [mandatory('File_Name', 'text', 255), defineField('Size', 'bigint'), parent],
  traits
)

/** What hangs on records of any module. */
export const noteModules = [notes, attachments]
