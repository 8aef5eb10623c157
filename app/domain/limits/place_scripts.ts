/** The scripts run whole or not at all, by Redis's own clock, so that servers need not agree on time. */
const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)`

/** `lease` milliseconds after the last place ended nothing is left behind. */
const FORGET = `
for index = 1, 2 do redis.call('PEXPIRE', KEYS[index], 2 * lease) end`

/** KEYS: calls of the account, calls of the lane. ARGV: id, lease, most, most of the lane or -1. */
export const TAKE = `${NOW}
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then return 1 end
local most = tonumber(ARGV[4])
if most >= 0 and redis.call('ZCARD', KEYS[2]) >= most then return 2 end
local lease = tonumber(ARGV[2])
local ends = now + lease
redis.call('ZADD', KEYS[1], ends, ARGV[1])
redis.call('ZADD', KEYS[2], ends, ARGV[1])
${FORGET}
return 0`

/** ARGV: lease, ids. A place that Redis forgot is in use all the same. */
export const KEEP = `${NOW}
local lease = tonumber(ARGV[1])
local ends = now + lease
for index = 2, #ARGV do
  redis.call('ZADD', KEYS[1], ends, ARGV[index])
  redis.call('ZADD', KEYS[2], ends, ARGV[index])
end
${FORGET}
return 0`

/** ARGV: id. */
export const GIVE_BACK = `
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('ZREM', KEYS[2], ARGV[1])
return 0`
