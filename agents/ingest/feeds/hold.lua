-- While a lease is ours: remember what Kafka has, and when the feed is due; at its end what became of the feed too.
--
-- ARGV: key prefix, url, token, now (s), due (s), seconds that a mark is kept, that the feed is kept, marks kept,
--       state and host (both empty but at the end), how many marks, the marks, then the ids of the articles sent.
-- Returns 1, or 0 where the lease is another's by now, or the feed is followed no more.

local prefix, url, token, now, due = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5]
local mark_life, life, kept = tonumber(ARGV[6]), ARGV[7], tonumber(ARGV[8])
local state, host, marks = ARGV[9], ARGV[10], tonumber(ARGV[11])
local FIRST = 12

local feed, seen = prefix .. 'f:' .. url, prefix .. 'e:' .. url
if redis.call('HGET', feed, 'token') ~= token or not redis.call('ZSCORE', prefix .. 'due', url) then return 0 end

for at = FIRST, FIRST + marks - 1 do redis.call('ZADD', seen, now, ARGV[at]) end
for at = FIRST + marks, #ARGV do redis.call('SET', prefix .. 'p:' .. ARGV[at], url, 'EX', 2 * 86400) end
redis.call('ZADD', prefix .. 'due', due, url)
if state ~= '' then
  redis.call('HSET', feed, 'state', state, 'host', host)
  -- What the document holds was marked anew just now. A 304 marks nothing, so then nothing is forgotten either.
  if marks > 0 then
    redis.call('ZREMRANGEBYSCORE', seen, '-inf', now - mark_life)
    redis.call('ZREMRANGEBYRANK', seen, 0, -1 - kept)
  end
end
redis.call('EXPIRE', seen, life)
return 1
