-- Keep an article that must not be used yet, the latest version of its item alone.
--
-- ARGV: key prefix, doc, item id, version ("" for none), the article, when it is due (s since 1970, "+inf": when told),
--       seconds it is kept, then what else may name it in a withdrawal.
-- Returns 1 where it is kept, 0 where it was judged before or a later version is held.

local prefix, doc, item, version = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
if redis.call('EXISTS', prefix .. 'o:' .. doc) == 1 then return 0 end

local held = redis.call('HGET', prefix .. 'h:' .. item, 'version')
if held and version and (tonumber(held) or version) > version then return 0 end

redis.call('HSET', prefix .. 'h:' .. item, 'doc', doc, 'version', ARGV[4], 'body', ARGV[5])
redis.call('EXPIRE', prefix .. 'h:' .. item, ARGV[7])
redis.call('ZADD', prefix .. 'hz', ARGV[6], item)
for at = 8, #ARGV do redis.call('SET', prefix .. 'hk:' .. ARGV[at], item, 'EX', ARGV[7]) end
return 1
