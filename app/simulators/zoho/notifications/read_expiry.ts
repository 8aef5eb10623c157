import type { SimulatedOrg } from '../simulated_org.js'
import { parseDatetime } from '../time/parse_time.js'
import { WatchFault } from './watch_fault.js'

/** Without an expiry, or with one that is too far away, a channel gets the short one. */
export function readExpiry(org: SimulatedOrg, sent: unknown, path: string) {
  const now = org.clock.now()
  const { channelDefaultSeconds, channelMostSeconds } = org.options
  const short = now + channelDefaultSeconds * 1000
  if (sent === undefined || sent === null) return short
  const at = typeof sent === 'string' ? parseDatetime(sent) : null
  if (at === null || at <= now) {
    throw new WatchFault('INVALID_DATA', {
      api_name: 'channel_expiry',
      json_path: `${path}.channel_expiry`,
      expected_data_type: 'datetime',
    })
  }
  return at > now + channelMostSeconds * 1000 ? short : at
}
