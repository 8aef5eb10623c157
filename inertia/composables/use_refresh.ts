import { onMounted, onUnmounted } from 'vue'
import { useAsking } from './use_asking.js'

const TICK = 2000

/** Asks again every two seconds for as long as what is shown still moves, and somebody looks. */
export function useRefresh(only: string[], isMoving: () => boolean, tick = TICK) {
  const { isLost, ask } = useAsking()
  let timer: ReturnType<typeof setInterval> | undefined
  onMounted(() => {
    timer = setInterval(() => {
      if (isMoving() && document.visibilityState === 'visible') ask(only)
    }, tick)
  })
  onUnmounted(() => clearInterval(timer))
  return isLost
}
