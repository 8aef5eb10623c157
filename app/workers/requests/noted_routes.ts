import type { Route, WriteBatch } from '#sdk'
import { inOrderTo } from './request_history.js'
import type { Purpose } from './request_note.js'

/** The same routes; their calls are noted under the route's name, and those of one batch together. */
export function notedRoutes(routes: Route[]): Route[] {
  const numbers = new WeakMap<WriteBatch, number>()
  let batches = 0
  const numberOf = (batch: WriteBatch): number => {
    const number = numbers.get(batch) ?? (batches += 1)
    numbers.set(batch, number)
    return number
  }
  return routes.map((route): Route => {
    const purpose = (batch: number | null): Purpose => ({ stage: 'send', route: route.name, batch })
    if (route.kind === 'call') {
      return {
        ...route,
        send: (ctx, batch) => inOrderTo(purpose(numberOf(batch)), () => route.send(ctx, batch)),
      }
    }
    return {
      ...route,
      submit: (ctx, batch) => inOrderTo(purpose(numberOf(batch)), () => route.submit(ctx, batch)),
      collect: (ctx, ticket, batch) =>
        inOrderTo(purpose(numbers.get(batch) ?? null), () => route.collect(ctx, ticket, batch)),
    }
  })
}
