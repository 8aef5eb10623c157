import { onUnmounted, ref } from 'vue'
import { router } from '@inertiajs/vue3'

/** Whether the answer that a page waits for was lost on its way; `again` asks once more. */
export function useLostAnswer(name: string) {
  const isLost = ref(false)
  onUnmounted(router.on('networkError', () => void (isLost.value = true)))
  return {
    isLost,
    again() {
      isLost.value = false
      router.reload({ only: [name] })
    },
  }
}
