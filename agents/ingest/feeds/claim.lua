-- Take the feed that is due longest and whose host is free: the feed for the time of a lease, the host for a request.
--
-- A lease is nothing but the time when the feed is due again: a worker that dies leaves it to the next.
-- ARGV: key prefix, now (s), seconds of a lease, seconds of a request, feeds looked at.
-- Returns {url, token, host, feed, state, told, repeats, run}, or nothing. The token tells this lease from later ones.

local prefix, now, lease, request, looked = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5]

redis.call('ZREMRANGEBYSCORE', prefix .. 'h', '-inf', now)
for _, url in ipairs(redis.call('ZRANGEBYSCORE', prefix .. 'due', '-inf', now, 'LIMIT', 0, looked)) do
  local key = prefix .. 'f:' .. url
  local host = redis.call('HGET', key, 'host') or ''
  if not redis.call('ZSCORE', prefix .. 'h', host) then
    redis.call('ZADD', prefix .. 'h', now + request, host)
    redis.call('ZADD', prefix .. 'due', now + lease, url)
    local token = redis.call('HINCRBY', key, 'token', 1)
    local told = redis.call('HMGET', key, 'feed', 'state', 'told', 'repeats', 'run')
    return {url, token, host, told[1] or '', told[2] or '', told[3] or '0', told[4] or '0', told[5] or '0'}
  end
end
return nil
