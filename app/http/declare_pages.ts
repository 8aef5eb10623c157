import type { Pages } from '#http/pages'

/** Apart from the pages' types, so that the browser's side can read those without the server's packages. */
declare module '@adonisjs/inertia/types' {
  export interface InertiaPages extends Pages {}
}
