-- While a lease is ours: what became of its alert, and when the subscription's next may be taken.
--
-- Alerts that wait because their receiver was unwell are due again, in their first order, once it takes one.
-- ARGV: key prefix, name, token, alert id, when the next may be taken (s), when this one is due (s, empty: done with),
--       what waits, when it was caught first (s), whether the receiver is `well`, `unwell` or neither, whether the
--       alert may be caught again (1), address that wants no more, until when (s; both may be empty).
-- Returns 1, or 0 where the lease is another's by now.

local prefix, name, token, id, free, due = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
local waiting, first, health, again, closed, closed_until = ARGV[7], ARGV[8], ARGV[9], ARGV[10], ARGV[11], ARGV[12]
local function key(short) return prefix .. short .. ':' .. name end

if redis.call('HGET', key('w'), 'token') ~= token then return 0 end
redis.call('HSET', key('w'), 'until', free)
if closed ~= '' then redis.call('HSET', key('w'), 'closed', closed, 'closed_until', closed_until) end
redis.call('ZREM', key('a'), id)
if due == '' then
  redis.call('ZREM', key('q'), id)
  redis.call('HDEL', key('b'), id)
  if again == '1' then redis.call('ZREM', key('c'), id) end
else
  redis.call('ZADD', key('q'), due, id)
  redis.call('HSET', key('b'), id, waiting)
  if health == 'unwell' then redis.call('ZADD', key('a'), first, id) end
end
if health == 'well' then
  local ailed = redis.call('ZRANGE', key('a'), 0, -1, 'WITHSCORES')
  for at = 1, #ailed, 2 do redis.call('ZADD', key('q'), 'XX', ailed[at + 1], ailed[at]) end
  redis.call('DEL', key('a'))
end
redis.call('EXPIRE', key('a'), 30 * 86400)
return 1
