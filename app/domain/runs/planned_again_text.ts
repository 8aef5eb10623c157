/** Said of a run that carries out an approved preview; null where nothing had changed since. */
export function plannedAgainText(count: number): string | null {
  if (count === 0) return null
  const was = 'had changed since the preview that was approved, so'
  if (count === 1) return `1 record ${was} it was planned again and treated as it is now.`
  const records = `${count.toLocaleString('en')} records`
  return `${records} ${was} they were planned again and treated as they are now.`
}
