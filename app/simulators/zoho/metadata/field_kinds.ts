import { anyModule } from './any_module.js'
import type { FieldDefinition } from './field_definition.js'

type Kind = Pick<FieldDefinition, 'dataType'>

/** Whether a field names a user. */
export const namesUser = ({ dataType }: Kind) =>
  dataType === 'ownerlookup' || dataType === 'userlookup'

/** Whether its value is a list of uploaded files. */
export const holdsFiles = ({ dataType }: Kind) =>
  dataType === 'fileupload' || dataType === 'imageupload'

/** Whether no query and no file can show it. */
export const isApart = ({ child, ...kind }: Kind & Pick<FieldDefinition, 'child'>) =>
  child !== null || holdsFiles(kind) || kind.dataType === 'pricing'

/** Whether a row has to say in `$se_module` where its lookup leads; a note's parent says so itself. */
export const isOpen = ({ target, isMandatory }: FieldDefinition) =>
  target === anyModule && !isMandatory
