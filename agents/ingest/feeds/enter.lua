-- Take a host for a request, if it is free.
--
-- ARGV: key prefix, now (s), seconds of a request, host.
-- Returns when it may be free (s), or nothing where it is ours now.

local prefix, now, request, host = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]

local free = redis.call('ZSCORE', prefix .. 'h', host)
if free and tonumber(free) > now then return free end
redis.call('ZADD', prefix .. 'h', now + request, host)
return nil
