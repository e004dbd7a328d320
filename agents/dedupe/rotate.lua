-- Begin a new generation of the index when the present one is old, or as large as one may be.
--
-- ARGV: key prefix, now (s), seconds a generation lasts, articles it has room for, bytes it may take.
-- Returns the generations to be purged, oldest first.

local prefix, now, lasts, room, most = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local state = prefix .. 'g'
local generation = tonumber(redis.call('HGET', state, 'now') or '0')
local began = tonumber(redis.call('HGET', state, 'began') or '0')
local articles = tonumber(redis.call('GET', prefix .. 'n') or '0')
local known = redis.call('HMGET', state, 'first' .. generation, 'bytes' .. generation)
local first, bytes = tonumber(known[1] or '1'), tonumber(known[2] or '0')

if began == 0 then
  redis.call('HSET', state, 'began', now)
elseif now - began >= lasts or bytes >= most or articles - first >= room then
  redis.call('HSET', state, 'now', generation + 1, 'began', now, 'first' .. (generation + 1), articles + 1)
  if generation > 0 then redis.call('RPUSH', prefix .. 'gp', generation - 1) end
end
return redis.call('LRANGE', prefix .. 'gp', 0, -1)
