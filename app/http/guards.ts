import router from '@adonisjs/core/services/router'

/** Who may pass. Each route names at least one guard; a test looks. */
export const guards = router.named({
  auth: () => import('#http/middleware/auth'),
  guest: () => import('#http/middleware/guest'),
  operator: () => import('#http/middleware/operator'),
  tenant: () => import('#http/middleware/tenant'),
  role: () => import('#http/middleware/role'),
  channel: () => import('#http/deliveries/channel_guard'),
  jobCall: () => import('#http/deliveries/job_call_guard'),
  extension: () => import('#http/selections/extension_guard'),
  selection: () => import('#http/selections/selection_guard'),
})
