import type { SettingField } from '#sdk'

/** What a service may set of the file that it writes. */
export function writeOptions(): SettingField[] {
  return [
    {
      name: 'formulas',
      title: 'Cells that look like formulas',
      type: 'choice',
      choices: ['quote', 'keep'],
      default: 'quote',
      help: 'A spreadsheet would run a cell that begins with =, +, - or @. An apostrophe in front makes it a text; plain numbers have none.',
    },
    {
      name: 'mark',
      title: 'Mark at the beginning',
      type: 'boolean',
      default: true,
      help: 'Tells a spreadsheet that the file is Unicode.',
    },
  ]
}
