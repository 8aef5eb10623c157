import { computed } from 'vue'
import { usePage } from '@inertiajs/vue3'
import type { SharedView } from '../types.js'

/** What every page knows: who is here, in which tenant, with which rights. */
export function useShared() {
  const page = usePage<SharedView & { errors: Record<string, string> }>()
  return computed(() => page.props)
}
