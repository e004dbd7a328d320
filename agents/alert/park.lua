-- Let an article wait for one that it shares text with, unless all of those are judged by now.
--
-- ARGV: key prefix, doc, the article, now (s), seconds it is kept at most, then the docs it shares text with.
-- Returns 1 where it waits, 0 where there is nothing to wait for.

local prefix, doc = ARGV[1], ARGV[2]
for at = 6, #ARGV do
  if redis.call('EXISTS', prefix .. 'o:' .. ARGV[at]) == 0 then
    redis.call('SET', prefix .. 'w:' .. doc, ARGV[3], 'EX', ARGV[5])
    redis.call('ZADD', prefix .. 'wz', 'NX', ARGV[4], doc)
    redis.call('LREM', prefix .. 'p:' .. ARGV[at], 0, doc)
    redis.call('RPUSH', prefix .. 'p:' .. ARGV[at], doc)
    redis.call('EXPIRE', prefix .. 'p:' .. ARGV[at], ARGV[5])
    return 1
  end
end
return 0
