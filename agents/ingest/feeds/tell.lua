-- Count a verdict for the feed that brought its article: once, and lately, for both counts are halved now and then.
--
-- ARGV: key prefix, article id, whether it repeats (1 or 0), verdicts after which the counts are halved.

local prefix, repeats = ARGV[1], ARGV[3]

local url = redis.call('GETDEL', prefix .. 'p:' .. ARGV[2])
local key = prefix .. 'f:' .. (url or '')
if not url or redis.call('EXISTS', key) == 0 then return end

local told, again = redis.call('HINCRBY', key, 'told', 1), redis.call('HINCRBY', key, 'repeats', repeats)
if told >= tonumber(ARGV[4]) then
  redis.call('HSET', key, 'told', math.floor(told / 2), 'repeats', math.floor(again / 2))
end
if repeats == '1' then redis.call('HINCRBY', key, 'run', 1) else redis.call('HSET', key, 'run', 0) end
