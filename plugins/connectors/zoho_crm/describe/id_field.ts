import type { Field } from '#sdk'

export const ID: Field = {
  name: 'id',
  label: 'Record id',
  type: 'text',
  unique: true,
  readOnly: true,
}
