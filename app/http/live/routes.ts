import transmit from '@adonisjs/transmit/services/main'
import { broadcastRuns } from '#http/live/broadcast_runs'
import { endStreamsWithServer } from '#http/live/event_streams'
import { mayFollowRun } from '#http/live/may_follow_run'
import { guards } from '#http/guards'

transmit.registerRoutes((route) => route.use(guards.auth()))
transmit.authorize('tenants/:tenant/runs/:run', mayFollowRun)
broadcastRuns()
endStreamsWithServer()
