import type { Context } from '#sdk'

const NONE = ',"trigger":[]'

/** Zoho runs all automations when the key is absent, none for an empty list. */
export function triggerClause(ctx: Context): string {
  const setting = ctx.settings.trigger
  if (typeof setting !== 'string' || setting.trim() === '' || setting.trim() === 'none') return NONE
  if (setting.trim() === 'all') return ''
  const names = setting
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  return `,"trigger":${JSON.stringify(names)}`
}
