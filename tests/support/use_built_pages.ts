import type { ApplicationService } from '@adonisjs/core/types'

/** In tests the provider starts Vite's own server: the pages are built already, and it is slow when cold. */
export async function useBuiltPages(app: ApplicationService): Promise<void> {
  const vite = await app.container.make('vite')
  vite.createDevServer = async () => {}
}
