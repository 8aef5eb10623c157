const DOT = '__dot__'
/** Texts are passed over; a chain is what stands between dots. */
const PARTS = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(?<![\w.])[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+/g

/** A field with a dot in its name, as a variable of CEL can be called. */
export function aliasOf(name: string): string {
  return name.replaceAll('.', DOT)
}

export function nameOfAlias(alias: string): string {
  return alias.replaceAll(DOT, '.')
}

/** To CEL a dot asks for a member, so a field that has one in its name is written otherwise. */
export function withoutDots(text: string, names: string[], scope: 'source' | 'bare'): string {
  const dotted = names.filter((name) => name.includes('.'))
  if (dotted.length === 0) return text
  const before = scope === 'source' ? 'source.' : ''
  return text.replace(PARTS, (part) => {
    const name = dotted.find((each) => `${part}.`.startsWith(`${before}${each}.`))
    if (name === undefined) return part
    const rest = part.slice(before.length + name.length)
    return scope === 'source' ? `source["${name}"]${rest}` : `${aliasOf(name)}${rest}`
  })
}
