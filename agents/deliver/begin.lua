-- When subscriptions began: when any worker saw them first.
--
-- ARGV: key prefix, then name and when it is seen (s) in turn.
-- Returns the times in the order of the names.

local begun, key = {}, ARGV[1] .. 's'
for at = 2, #ARGV, 2 do
  redis.call('HSETNX', key, ARGV[at], ARGV[at + 1])
  begun[#begun + 1] = redis.call('HGET', key, ARGV[at])
end
return begun
