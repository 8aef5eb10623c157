import { onMounted, onUnmounted, ref } from 'vue'
import { router } from '@inertiajs/vue3'
import type { ExecutionView } from '../../types.js'

const TICK = 1000

/** Asks for the result until it is final, one question at a time. A link has no session to listen with. */
export function useExecution(execution: () => ExecutionView) {
  const isLost = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  function ask() {
    if (execution().isFinal) return
    router.reload({
      only: ['execution'],
      onSuccess: () => (isLost.value = false),
      onNetworkError() {
        isLost.value = true
        return false
      },
      onFinish: () => (timer = setTimeout(ask, TICK)),
    })
  }

  onMounted(() => (timer = setTimeout(ask, TICK / 4)))
  onUnmounted(() => clearTimeout(timer))
  return { isLost }
}
