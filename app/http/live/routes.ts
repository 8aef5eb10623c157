import transmit from '@adonisjs/transmit/services/main'
import { broadcastRuns } from '#http/live/broadcast_runs'
import { mayFollowRun } from '#http/live/may_follow_run'
import { middleware } from '#start/kernel'

transmit.registerRoutes((route) => route.use(middleware.auth()))
transmit.authorize('tenants/:tenant/runs/:run', mayFollowRun)
broadcastRuns()
