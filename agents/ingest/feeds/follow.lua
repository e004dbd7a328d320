-- Follow these feeds and no others. What is known of one that is dropped is kept for a while, should it come back.
--
-- ARGV: key prefix, seconds that a dropped feed is kept, then for each feed its url, host, record, and when a new one
--       is due (s).

local prefix, life = ARGV[1], ARGV[2]

local followed = {}
for at = 3, #ARGV, 4 do
  local url, key = ARGV[at], prefix .. 'f:' .. ARGV[at]
  followed[url] = true
  redis.call('PERSIST', key)
  redis.call('HSET', key, 'feed', ARGV[at + 2])
  redis.call('HSETNX', key, 'host', ARGV[at + 1])
  redis.call('ZADD', prefix .. 'due', 'NX', ARGV[at + 3], url)
end
for _, url in ipairs(redis.call('ZRANGE', prefix .. 'due', 0, -1)) do
  if not followed[url] then
    redis.call('ZREM', prefix .. 'due', url)
    redis.call('EXPIRE', prefix .. 'f:' .. url, life)
    redis.call('EXPIRE', prefix .. 'e:' .. url, life)
  end
end
