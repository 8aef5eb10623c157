/** Which failed records of a service a page shows. */
export type LetterFilter = {
  code: string | null
  field: string | null
  run: string | null
  show: 'open' | 'all'
}

const LONGEST = 120

export function readLetterFilter(asked: { [name: string]: unknown }): LetterFilter {
  const text = (name: string) => {
    const value = asked[name]
    return typeof value === 'string' && value !== '' ? value.slice(0, LONGEST) : null
  }
  return {
    code: text('code'),
    field: text('field'),
    run: text('run'),
    show: asked.show === 'all' ? 'all' : 'open',
  }
}
