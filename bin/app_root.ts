process.env.TZ = 'UTC'

export const appRoot = new URL('../', import.meta.url)

export function importFrom(filePath: string) {
  const isRelative = filePath.startsWith('./') || filePath.startsWith('../')
  return isRelative ? import(new URL(filePath, appRoot).href) : import(filePath)
}
