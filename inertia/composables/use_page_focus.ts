import { nextTick, onMounted, onUnmounted } from 'vue'
import { router } from '@inertiajs/vue3'

/** The heading is read aloud, and the next Tab goes on from there. */
export function focusHeading(): void {
  const main = document.querySelector('main')
  const heading = main?.querySelector('h1') ?? main
  heading?.setAttribute('tabindex', '-1')
  heading?.focus({ preventScroll: true })
}

const pathOf = (url: string) => new URL(url, window.location.href).pathname

/** The element that was chosen goes with its page: without this the focus would be nowhere. */
export function usePageFocus(): void {
  let path = ''
  const stop = router.on('navigate', async ({ detail: { page } }) => {
    const next = pathOf(page.url)
    if (next === path) return
    path = next
    await nextTick()
    // A field of the page may ask for the focus itself.
    if (!document.querySelector('main')?.contains(document.activeElement)) focusHeading()
  })
  onMounted(() => {
    path = window.location.pathname
  })
  onUnmounted(stop)
}
