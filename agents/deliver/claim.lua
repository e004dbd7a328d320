-- Take the alert that is due longest at a subscription, for one worker and the time of a lease.
--
-- A lease is nothing but the time when the next may be taken: a worker that dies leaves it to the next.
-- ARGV: key prefix, name, now (s), seconds of a lease.
-- Returns {token, alert id, what waits, address that wants no more}, or nothing. The token tells this lease from later.

local prefix, name, now, lease = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local queue, held = prefix .. 'q:' .. name, prefix .. 'w:' .. name

local told = redis.call('HMGET', held, 'until', 'closed', 'closed_until')
if told[1] and tonumber(told[1]) > now then return nil end
local id = redis.call('ZRANGEBYSCORE', queue, '-inf', now, 'LIMIT', 0, 1)[1]
if not id then return nil end
local waiting = redis.call('HGET', prefix .. 'b:' .. name, id)
if not waiting then
  redis.call('ZREM', queue, id)
  return nil
end
redis.call('HSET', held, 'until', now + lease)
redis.call('EXPIRE', held, 30 * 86400)
local closed = told[3] and tonumber(told[3]) > now and told[2] or ''
return {redis.call('HINCRBY', held, 'token', 1), id, waiting, closed}
