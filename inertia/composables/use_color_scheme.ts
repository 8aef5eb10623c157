import { ref } from 'vue'

export type ColorScheme = 'light' | 'dark' | 'system'

const KEY = 'crossdock-color-scheme'
const system = window.matchMedia('(prefers-color-scheme: dark)')
const scheme = ref<ColorScheme>(stored())

function stored(): ColorScheme {
  const value = localStorage.getItem(KEY)
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
      localStorage.setItem(KEY, wanted)
      apply()
    },
  }
}
