import { ref } from 'vue'
import { router } from '@inertiajs/vue3'
import { usePaths } from './use_paths.js'

/** Sends failed records of a service again: those given, or all that are open. */
export function useReplay(serviceId: () => string) {
  const paths = usePaths()
  const busy = ref<string | null>(null)
  return {
    busy,
    replay(ids: string[] | 'all') {
      busy.value = ids === 'all' ? 'all' : (ids[0] ?? null)
      router.post(paths.replays(serviceId()), ids === 'all' ? {} : { ids }, {
        onFinish: () => (busy.value = null),
      })
    },
  }
}
