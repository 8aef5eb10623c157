import { onUnmounted, ref, watch } from 'vue'
import { useLeaveWarning } from '../../composables/use_leave_warning.js'
import { usePaths } from '../../composables/use_paths.js'
import type { BuilderDefinition } from '../../types.js'
import { ask } from './ask.js'
import { later } from './later.js'

const PAUSE = 700
const AGAIN = 5000

/** Keeps a draft on the server as one goes. */
export function useSaving(id: string, definition: BuilderDefinition) {
  const paths = usePaths()
  const state = ref<'kept' | 'keeping' | 'lost'>('kept')
  /** Why it is not kept. */
  const reason = ref('')
  let isOver = false
  let last: Promise<void> = Promise.resolve()
  /** How often something was typed: what an answer does not cover is not kept yet. */
  let typed = 0
  let again: ReturnType<typeof setTimeout> | undefined

  /** One after the other, so that what was typed last is what stays. */
  const keep = () => (last = last.then(send))
  async function send() {
    if (isOver) return
    state.value = 'keeping'
    const sent = typed
    const text = JSON.stringify(definition)
    const reply = await ask('PUT', paths.draft(id), { definition: text })
    if (!reply.ok) lose(reply)
    else if (sent === typed) state.value = 'kept'
  }
  function lose({ message, isFinal }: { message: string; isFinal: boolean }) {
    state.value = 'lost'
    reason.value = message
    clearTimeout(again)
    if (!isFinal) again = setTimeout(() => soon(), AGAIN)
  }
  const { soon, now } = later(PAUSE, keep)
  watch(
    definition,
    () => {
      typed += 1
      state.value = 'keeping'
      soon()
    },
    { deep: true }
  )
  useLeaveWarning(() => state.value !== 'kept' && !isOver)
  onUnmounted(() => clearTimeout(again))
  return {
    state,
    reason,
    /** Until everything typed is on the server. */
    async settle() {
      do {
        soon()
        await now()
      } while (state.value === 'keeping' && !isOver)
      return state.value === 'kept'
    },
    /** The draft has ended: nothing more is kept. */
    end() {
      isOver = true
    },
  }
}
