import { defineConfig } from '@adonisjs/inertia'

export default defineConfig({ rootView: 'layout', ssr: { enabled: false } })
