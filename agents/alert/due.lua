-- Take the held articles that are due, so that one worker of many releases each; they are due again if it doesn't come to that.
--
-- ARGV: key prefix, now (s since 1970), when they are due again.
-- Returns the articles.

local prefix, bodies = ARGV[1], {}
for _, item in ipairs(redis.call('ZRANGEBYSCORE', prefix .. 'hz', '-inf', ARGV[2])) do
  local body = redis.call('HGET', prefix .. 'h:' .. item, 'body')
  if body then
    bodies[#bodies + 1] = body
    redis.call('ZADD', prefix .. 'hz', ARGV[3], item)
  else
    redis.call('ZREM', prefix .. 'hz', item)
  end
end
return bodies
