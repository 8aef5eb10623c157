/** The scripts run whole or not at all, by Redis's own clock, so that servers need not agree on time. */
const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)`

/** `lease` milliseconds after the last place ended nothing is left behind. */
const FORGET = `
for index = 1, 2 do redis.call('PEXPIRE', KEYS[index], 2 * lease) end`

/** A server that asked and got nothing wants a place for this long; it asks every 20 ms. */
const WANTS_FOR = 200

/**
 * Whether this server must leave what is free to servers that hold fewer places and want more.
 * Without it, whoever gives a place back takes it again before another server asks.
 */
const MUST_WAIT = `
local function held(places, server)
  local count = 0
  for _, id in ipairs(redis.call('ZRANGE', places, 0, -1)) do
    if string.sub(id, 1, #server + 1) == server .. ':' then count = count + 1 end
  end
  return count
end
local function mustWait(places, wanting, most)
  redis.call('ZREMRANGEBYSCORE', wanting, '-inf', now - ${WANTS_FOR})
  local free = most - redis.call('ZCARD', places)
  local own = held(places, ARGV[5])
  for _, server in ipairs(redis.call('ZRANGE', wanting, 0, -1)) do
    if held(places, server) < own then free = free - 1 end
  end
  if free > 0 then return false end
  redis.call('ZADD', wanting, now, ARGV[5])
  redis.call('PEXPIRE', wanting, ${10 * WANTS_FOR})
  return true
end`

/**
 * KEYS: calls of the account, calls of the lane, servers that want more of either.
 * ARGV: id, lease, most, most of the lane or -1, server.
 */
export const TAKE = `${NOW}
${MUST_WAIT}
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
if mustWait(KEYS[1], KEYS[3], tonumber(ARGV[3])) then return 1 end
redis.call('ZREM', KEYS[3], ARGV[5])
local most = tonumber(ARGV[4])
if most >= 0 and mustWait(KEYS[2], KEYS[4], most) then return 2 end
redis.call('ZREM', KEYS[4], ARGV[5])
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
