import { onScopeDispose } from 'vue'

/** Does something once nothing more has come for a moment. `now` does it at once, if it is due. */
export function later(milliseconds: number, act: () => Promise<void>) {
  let timer: ReturnType<typeof setTimeout> | undefined
  const now = async () => {
    if (timer === undefined) return
    clearTimeout(timer)
    timer = undefined
    await act()
  }
  onScopeDispose(() => void now())
  return {
    soon() {
      clearTimeout(timer)
      timer = setTimeout(() => void now(), milliseconds)
    },
    now,
  }
}
