/** A column of a DataTable. Its cell is the slot named by `key`, or the row's value under it. */
export interface Column {
  key: string
  label: string
  align?: 'left' | 'right'
  class?: string
  /** On a phone it takes the whole width of the card. */
  wide?: boolean
}
