-- Kafka has the outcomes of these documents: they are never told again, and nobody waits with them.
--
-- ARGV: key prefix, seconds an outcome lives, then the docs.

local prefix, life = ARGV[1], ARGV[2]
for at = 3, #ARGV do
  local outcome = prefix .. 'o:' .. ARGV[at]
  if redis.call('HEXISTS', outcome, 'v') == 1 then  -- of what is held none is kept
    redis.call('HSET', outcome, 'sent', '1')
    redis.call('EXPIRE', outcome, life)
  end
  redis.call('DEL', prefix .. 'w:' .. ARGV[at])
  redis.call('ZREM', prefix .. 'wz', ARGV[at])
end
