const MINUS = 45
const POINT = 46
const ZERO = 48
const NINE = 57
const SHAPE = /^([+-]?)(\d+)(?:\.(\d+))?$/

/** A decimal as text, without sign plus or leading zeros; the digits after the point are kept. */
export function decimalText(value: string | number): string | null {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return null
    const text = String(value)
    return text.includes('e') ? plain(text) : text
  }
  if (isPlain(value)) return value
  const found = SHAPE.exec(value.trim())
  if (!found) return null
  const whole = found[2].length > 1 ? found[2].replace(/^0+(?=\d)/, '') : found[2]
  const sign = found[1] === '-' ? '-' : ''
  return found[3] === undefined ? `${sign}${whole}` : `${sign}${whole}.${found[3]}`
}

/** Whether a text is already as we write it. */
function isPlain(text: string): boolean {
  const start = text.charCodeAt(0) === MINUS ? 1 : 0
  let point = text.length
  for (let index = start; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === POINT && point === text.length) point = index
    else if (!(code >= ZERO && code <= NINE)) return false
  }
  if (point === start || point === text.length - 1) return false
  return point === start + 1 || text.charCodeAt(start) !== ZERO
}

/** Digits before and after the point. */
export function digitsOf(text: string): { whole: number; fraction: number } {
  const start = text.startsWith('-') ? 1 : 0
  const point = text.indexOf('.')
  if (point === -1) return { whole: text.length - start, fraction: 0 }
  let end = text.length
  while (end > point + 1 && text[end - 1] === '0') end--
  return { whole: point - start, fraction: end - point - 1 }
}

/** "1.2e-7" as "0.00000012". */
function plain(text: string): string {
  const [mantissa, power] = text.split('e')
  const sign = mantissa.startsWith('-') ? '-' : ''
  const [whole, fraction = ''] = mantissa.replace('-', '').split('.')
  const digits = whole + fraction
  const point = whole.length + Number(power)
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  if (point >= digits.length) return `${sign}${digits.padEnd(point, '0')}`
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}
