import { onMounted, onUnmounted, ref } from 'vue'

const count = ref(0)

/** How many times of day the page shows: a component that shows some counts itself in. */
export function useShownTimes() {
  return {
    count,
    showsTime(): void {
      onMounted(() => {
        count.value += 1
      })
      onUnmounted(() => {
        count.value -= 1
      })
    },
  }
}
