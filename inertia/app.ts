import './css/app.css'
import { createInertiaApp } from '@inertiajs/vue3'
import ui from '@nuxt/ui/vue-plugin'
import { createApp, h } from 'vue'
import type { DefineComponent } from 'vue'
import Root from './root.vue'
import BareLayout from './layouts/bare_layout.vue'
import TenantLayout from './layouts/tenant_layout.vue'

const pages = import.meta.glob<{ default: DefineComponent }>('./pages/**/*.vue')

/** Pages before and beside a tenant stand alone; all others have its navigation. */
const bare = /^(sessions|setups|errors|home|tenants|selections)\//

createInertiaApp({
  title: (title) => (title ? `${title} · Crossdock` : 'Crossdock'),
  progress: { color: '#2563eb', showSpinner: false },
  async resolve(name) {
    const load = pages[`./pages/${name}.vue`]
    if (!load) throw new Error(`There is no page ${name}`)
    const { default: page } = await load()
    page.layout ??= bare.test(name) ? BareLayout : TenantLayout
    return page
  },
  setup({ el, App, props, plugin }) {
    createApp({ render: () => h(Root, () => h(App, props)) })
      .use(plugin)
      .use(ui)
      .mount(el!)
  },
})
