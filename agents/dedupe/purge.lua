-- Forget some of a past generation: its articles, then its index. A step is short, for everybody else waits meanwhile.
--
-- ARGV: key prefix, the generation, how many articles or buckets to forget at most, buckets that an index begins with.
-- Returns 1 when nothing of it is left.

local prefix, generation, most, base = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
local state, after = prefix .. 'g', string.format('%d', generation + 1)
local known = redis.call('HMGET', state, 'first' .. generation, 'first' .. after, 'buckets' .. generation, 'purged' .. generation)
local first, purged = tonumber(known[1] or '1'), tonumber(known[4] or '0')
local articles = tonumber(known[2]) - first
local all = articles + tonumber(known[3] or base)

local keys = {}
for at = purged, math.min(purged + most, all) - 1 do
  keys[#keys + 1] = at < articles and prefix .. 'a:' .. (first + at) or prefix .. 'f:' .. generation .. ':' .. (at - articles)
end
if #keys > 0 then redis.call('UNLINK', unpack(keys)) end
if redis.call('HINCRBY', state, 'purged' .. generation, #keys) < all then return 0 end

for _, name in ipairs({'first', 'buckets', 'postings', 'bytes', 'purged'}) do redis.call('HDEL', state, name .. generation) end
redis.call('LREM', prefix .. 'gp', 0, generation)
return 1
