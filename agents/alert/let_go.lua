-- Let go of held articles, each only while the same document is held: a later version may have taken its place.
--
-- ARGV: key prefix, then doc and item id in turn.

local prefix = ARGV[1]
for at = 2, #ARGV, 2 do
  local held = prefix .. 'h:' .. ARGV[at + 1]
  if redis.call('HGET', held, 'doc') == ARGV[at] then
    redis.call('DEL', held)
    redis.call('ZREM', prefix .. 'hz', ARGV[at + 1])
  end
end
