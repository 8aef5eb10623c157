import { globSync, readFileSync } from 'node:fs'
import adonisjs from '@adonisjs/vite/client'
import ui from '@nuxt/ui/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

/** Connectors name their icon in plugin.json: known at build time, so that no page asks the network for it. */
function pluginIcons(): string[] {
  return globSync('plugins/*/*/plugin.json').map((path) => {
    const { icon }: { icon: string } = JSON.parse(readFileSync(path, 'utf8'))
    return `lucide:${icon}`
  })
}

export default defineConfig({
  plugins: [
    vue(),
    ui({
      router: 'inertia',
      dts: false,
      colorMode: false,
      ui: { colors: { primary: 'blue', neutral: 'zinc' } },
      icon: {
        clientBundle: { scan: { globInclude: ['inertia/**/*.{vue,ts}'] }, icons: pluginIcons() },
      },
    }),
    adonisjs({ entryPoints: ['inertia/app.ts'], reload: ['inertia/**/*.edge'] }),
  ],
  // Vite 8 with plugin-vue builds an `ssr` environment too, which would overwrite the manifest.
  builder: {
    buildApp: async (builder) => void (await builder.build(builder.environments.client!)),
  },
  build: { chunkSizeWarningLimit: 1000 },
})
