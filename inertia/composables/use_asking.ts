import { onUnmounted, ref } from 'vue'
import { router } from '@inertiajs/vue3'

const PATIENCE = 8000

interface Asked {
  since: number
  cancel: () => void
}

/** Whether a person is on the way elsewhere, or changes something; `onStart` hears when it begins. */
function useVisits(onStart: () => void): () => boolean {
  let isUnderWay = false
  const stops = [
    router.on('start', ({ detail }) => {
      if (detail.visit.async) return
      isUnderWay = true
      onStart()
    }),
    router.on('finish', ({ detail }) => {
      if (!detail.visit.async) isUnderWay = false
    }),
  ]
  onUnmounted(() => {
    for (const stop of stops) stop()
  })
  return () => isUnderWay
}

/**
 * Asks the server for what a page shows, one question at a time: a server that hangs is not asked
 * more than it can answer. What a person does goes first: what was asked before it, or beside it,
 * would put back what was there.
 */
export function useAsking() {
  const isLost = ref(false)
  let open: Asked | null = null
  const isVisiting = useVisits(() => open?.cancel())
  onUnmounted(() => open?.cancel())

  function isTooSoon(): boolean {
    if (isVisiting()) return true
    if (open === null) return false
    if (Date.now() - open.since < PATIENCE) return true
    isLost.value = true
    open.cancel()
    return false
  }
  /** A server that breaks is asked again; a page that is gone or closed to us says so itself. */
  function isShown(status: number): boolean {
    if (status >= 500) isLost.value = true
    return status < 500
  }
  function ask(only: string[]): void {
    if (isTooSoon()) return
    const asked: Asked = { since: Date.now(), cancel: () => {} }
    open = asked
    router.reload({
      only,
      onCancelToken({ cancel }) {
        asked.cancel = cancel
      },
      onSuccess() {
        isLost.value = false
      },
      onHttpException: ({ status }) => isShown(status),
      onNetworkError: () => isShown(Infinity),
      onFinish() {
        if (open === asked) open = null
      },
    })
  }
  return {
    ...{ isLost, ask },
    /** In place of the question that is open: its answer may be of before. */
    askNow(only: string[]): void {
      open?.cancel()
      ask(only)
    },
  }
}
