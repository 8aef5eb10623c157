import { defineAction } from '#sdk'

/** Knocks, unless `broken` has it knock without a name. */
export function hostileAction(broken: string | null) {
  return defineAction({
    name: 'knock',
    title: 'Knock',
    help: 'Knocks at the door of a thing.',
    inputs: [{ name: 'thing', title: 'Thing', type: 'text', required: true }],
    isWriting: false,
    problems: ({ thing }): { [input: string]: string } =>
      thing === null && broken !== 'C30' ? { thing: 'Say whose door it is.' } : {},
    async run(ctx, { thing }) {
      const url = `https://things.example/${String(thing)}`
      const { status } = await ctx.http.request({ method: 'GET', url })
      return status
    },
  })
}
