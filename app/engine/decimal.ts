const SHAPE = /^([+-]?)(\d+)(?:\.(\d+))?$/

/** A decimal as text, without sign plus or leading zeros; the digits after the point are kept. */
export function decimalText(value: string | number): string | null {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return null
    const text = String(value)
    return text.includes('e') ? plain(text) : text
  }
  const found = SHAPE.exec(value.trim())
  if (!found) return null
  const whole = found[2].length > 1 ? found[2].replace(/^0+(?=\d)/, '') : found[2]
  const sign = found[1] === '-' ? '-' : ''
  return found[3] === undefined ? `${sign}${whole}` : `${sign}${whole}.${found[3]}`
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
