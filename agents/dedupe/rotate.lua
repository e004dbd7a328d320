-- Begin a new generation of the index when the present one is old enough or full, or when told to for want of memory.
--
-- ARGV: key prefix, now (s), seconds a generation lasts, articles it has room for, 1 to begin one at once (but not twice
--       in a minute).
-- Returns for each generation to be purged, oldest first, its number, its first article, that of the next, and its buckets.

local prefix, now, lasts, room, force = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5] == '1'
local state = prefix .. 'g'
local generation = tonumber(redis.call('HGET', state, 'now') or '0')
local began = tonumber(redis.call('HGET', state, 'began') or '0')
local articles = tonumber(redis.call('GET', prefix .. 'n') or '0')
local first = tonumber(redis.call('HGET', state, 'first' .. generation) or '1')

if began == 0 then
  redis.call('HSET', state, 'began', now)
elseif now - began >= lasts or (force and now - began >= 60) or articles - first >= room then
  redis.call('HSET', state, 'now', generation + 1, 'began', now, 'first' .. (generation + 1), articles + 1)
  if generation > 0 then redis.call('RPUSH', prefix .. 'gp', generation - 1) end
end

local purged = {}
for _, past in ipairs(redis.call('LRANGE', prefix .. 'gp', 0, -1)) do
  local known = redis.call('HMGET', state, 'first' .. past, 'first' .. (past + 1), 'buckets' .. past)
  purged[#purged + 1] = {tonumber(past), tonumber(known[1] or '1'), tonumber(known[2]), tonumber(known[3] or '0')}
end
return purged
