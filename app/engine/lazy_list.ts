/** An array whose entries are made out each time that they are asked for, and kept by nobody. */
export function lazyList<Entry>(length: number, entryAt: (index: number) => Entry): Entry[] {
  return new Proxy<Entry[]>(new Array<Entry>(length), {
    get: (list, name) => (isPlace(name, length) ? entryAt(Number(name)) : Reflect.get(list, name)),
    has: (list, name) => isPlace(name, length) || Reflect.has(list, name),
  })
}

function isPlace(name: string | symbol, length: number): boolean {
  if (typeof name === 'symbol') return false
  const index = Number(name)
  return index >= 0 && index < length && Number.isInteger(index)
}
