import { onUnmounted, ref } from 'vue'
import { router } from '@inertiajs/vue3'

/** Whether the answer that a page waits for was lost on its way; `again` asks once more. */
export function useLostAnswer(name: string) {
  const isLost = ref(false)
  const lose = () => {
    isLost.value = true
    return false
  }
  // The events of what goes wrong do not tell of which visit: its own callbacks do.
  const stop = router.on('start', ({ detail: { visit } }) => {
    if (!visit.only.includes(name)) return
    Object.assign(visit, {
      onNetworkError: lose,
      onHttpException: ({ status }: { status: number }) => status < 500 || lose(),
    })
  })
  onUnmounted(stop)
  return {
    isLost,
    again() {
      isLost.value = false
      router.reload({ only: [name] })
    },
  }
}
