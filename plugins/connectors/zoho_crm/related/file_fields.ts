import type { Field } from '#sdk'

export const FILE = 'File'
export const LINK = 'Link_URL'

const person = (name: string, label: string): Field => {
  return { name, label, type: 'lookup', lookup: 'users', nullable: true }
}
const time = (name: string, label: string): Field => {
  return { name, label, type: 'datetime', nullable: true }
}

/** What Zoho tells of a file below a record; not every org shows it as metadata. */
export const fileFields: Field[] = [
  { name: 'File_Name', label: 'File name', type: 'text', maxLength: 255 },
  { name: 'Size', label: 'Size in bytes', type: 'decimal', maxScale: 0, nullable: true },
  person('Owner', 'Owner'),
  time('Created_Time', 'Created'),
  time('Modified_Time', 'Modified'),
  person('Created_By', 'Created by'),
  person('Modified_By', 'Modified by'),
  { name: LINK, label: 'Address of a linked file', type: 'url', nullable: true },
  { name: FILE, label: 'The file itself', type: 'json', files: true, nullable: true },
]
