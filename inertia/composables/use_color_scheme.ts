import { ref } from 'vue'

export type ColorScheme = 'light' | 'dark' | 'system'

const KEY = 'crossdock-color-scheme'
const system = window.matchMedia('(prefers-color-scheme: dark)')
const memory = openMemory()
const scheme = ref<ColorScheme>(stored())

/** In a frame of another site the browser may forbid any. */
function openMemory(): Storage | null {
  try {
    return window.localStorage
  } catch {
    return null
  }
}

function stored(): ColorScheme {
  const value = memory?.getItem(KEY)
  return value === 'light' || value === 'dark' ? value : 'system'
}

function apply(): void {
  const isDark = scheme.value === 'dark' || (scheme.value === 'system' && system.matches)
  document.documentElement.classList.toggle('dark', isDark)
}

system.addEventListener('change', apply)

/** Light, dark or as the system. layout.edge does the same before the first paint. */
export function useColorScheme() {
  return {
    scheme,
    choose(wanted: ColorScheme) {
      scheme.value = wanted
      memory?.setItem(KEY, wanted)
      apply()
    },
  }
}
