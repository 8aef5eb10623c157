import { onMounted, onUnmounted, ref, watch } from 'vue'
import { usePaths } from '../../composables/use_paths.js'
import type { BuilderDefinition } from '../../types.js'
import { ask } from './ask.js'
import { later } from './later.js'

const PAUSE = 700

/** Keeps a draft on the server as one goes. */
export function useSaving(id: string, definition: BuilderDefinition) {
  const paths = usePaths()
  const state = ref<'kept' | 'keeping' | 'lost'>('kept')
  let isOver = false
  let last: Promise<void> = Promise.resolve()

  /** One after the other, so that what was typed last is what stays. */
  const keep = () => (last = last.then(send))
  async function send() {
    if (isOver) return
    state.value = 'keeping'
    const text = JSON.stringify(definition)
    const reply = await ask('PUT', paths.draft(id), { definition: text })
    state.value = reply.ok ? 'kept' : 'lost'
  }
  const { soon, now } = later(PAUSE, keep)
  watch(
    definition,
    () => {
      state.value = 'keeping'
      soon()
    },
    { deep: true }
  )
  const warn = (event: BeforeUnloadEvent) => {
    if (state.value === 'kept' || isOver) return
    event.preventDefault()
  }
  onMounted(() => window.addEventListener('beforeunload', warn))
  onUnmounted(() => window.removeEventListener('beforeunload', warn))
  return {
    state,
    /** Until everything typed is on the server. */
    async settle() {
      soon()
      await now()
      return state.value === 'kept'
    },
    /** The draft has ended: nothing more is kept. */
    end() {
      isOver = true
    },
  }
}
