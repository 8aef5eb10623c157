import { onMounted, onUnmounted } from 'vue'

/** The browser asks before the page is left while something on it is not kept. */
export function useLeaveWarning(isUnkept: () => boolean) {
  const warn = (event: BeforeUnloadEvent) => {
    if (isUnkept()) event.preventDefault()
  }
  onMounted(() => window.addEventListener('beforeunload', warn))
  onUnmounted(() => window.removeEventListener('beforeunload', warn))
}
