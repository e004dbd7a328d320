-- Begin a new generation of the index when the present one is old enough, or when told to for want of memory.
--
-- ARGV: key prefix, now (s), seconds a generation lasts, 1 to begin one at once (but not twice in a minute).
-- Returns the generations to be purged, oldest first.

local prefix, now, lasts, force = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4] == '1'
local generation = tonumber(redis.call('GET', prefix .. 'g') or '0')
local began = tonumber(redis.call('GET', prefix .. 'gt') or '0')

if began == 0 then
  redis.call('SET', prefix .. 'gt', now)
elseif now - began >= lasts or (force and now - began >= 60) then
  redis.call('SET', prefix .. 'g', generation + 1)
  redis.call('SET', prefix .. 'gt', now)
  -- The first article of the new generation: those before it belong to the ones to be purged.
  redis.call('HSET', prefix .. 'gn', generation + 1, (redis.call('GET', prefix .. 'n') or 0) + 1)
  if generation > 0 then redis.call('RPUSH', prefix .. 'gp', generation - 1) end
end
return redis.call('LRANGE', prefix .. 'gp', 0, -1)
