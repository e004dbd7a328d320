-- Keep an alert for a subscription that catches it: once, however often it comes.
--
-- ARGV: key prefix, name, alert id, now (s), seconds that it is known, alerts known, what waits to be posted, alerts
--       that may wait, an entry for its feed, entries kept (records are empty where there is no webhook or no feed).
-- Returns 1 where it is caught now, 0 where it was before, -1 where too many wait: then it isn't caught.

local prefix, name, id, now = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local life, known, waiting, most = tonumber(ARGV[5]), tonumber(ARGV[6]), ARGV[7], tonumber(ARGV[8])
local entry, entries = ARGV[9], tonumber(ARGV[10])
local function key(short) return prefix .. short .. ':' .. name end

if redis.call('ZSCORE', key('c'), id) then return 0 end
if waiting ~= '' then
  if redis.call('ZCARD', key('q')) >= most then return -1 end
  redis.call('ZADD', key('q'), now, id)
  redis.call('HSET', key('b'), id, waiting)
end
if entry ~= '' then
  redis.call('LPUSH', key('f'), entry)
  redis.call('LTRIM', key('f'), 0, entries - 1)
end
redis.call('ZADD', key('c'), now, id)
redis.call('ZREMRANGEBYSCORE', key('c'), '-inf', now - life)
redis.call('ZREMRANGEBYRANK', key('c'), 0, -1 - known)
for _, short in ipairs({'c', 'q', 'b', 'f'}) do redis.call('EXPIRE', key(short), life) end
return 1
