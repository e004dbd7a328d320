-- Look an article up and remember it, in one step, so that of two alike that arrive together one comes first.
--
-- ARGV: key prefix, now (s), doc, item id, text (compressed), index buckets, postings kept, candidates wanted,
--       seconds to live, then the fingerprints (16 hex digits each).
-- Returns {first time (1) or seen before (0), candidate, candidate, ...}, each candidate {id, doc, text}, in order of arrival.

local prefix, now, doc, item, text = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local buckets, kept, wanted, life = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9])
local FIRST = 10

local function record(number)
  local packed = redis.call('GET', prefix .. 'a:' .. number)
  return packed and cmsgpack.unpack(packed)
end

local function answer(fresh, numbers)
  local reply = {fresh}
  for _, number in ipairs(numbers) do
    local known = record(number)
    if known then reply[#reply + 1] = {known[1], known[2], known[3]} end
  end
  return reply
end

-- A redelivered article gets the candidates that it was given first.
local given = redis.call('GET', prefix .. 'd:' .. doc)
if given then
  local known = record(given)
  if known then return answer(0, known[4]) end
end

local number = redis.call('INCR', prefix .. 'n')
local packed_number = struct.pack('>I4', number)

-- Each fingerprint has a field in a bucket; its value lists the latest articles that have it, 4 bytes each.
-- Buckets are small hashes, kept by Redis as one packed list: 12 bytes a fingerprint, not a key of 60 or more.
local generation = redis.call('GET', prefix .. 'g') or '0'
local holders = {}
local function remember(gen, bucket, field, add)
  local key = prefix .. 'f:' .. gen .. ':' .. bucket
  local list = redis.call('HGET', key, field)
  if list then
    for at = 1, #list, 4 do
      local holder = struct.unpack('>I4', list, at)
      if not holders[holder] then holders[holder] = {} end
      holders[holder][field .. bucket] = true
    end
  end
  if add then
    local longer = (list or '') .. packed_number
    redis.call('HSET', key, field, string.sub(longer, -4 * kept))
    if not list then redis.call('EXPIRE', key, life, 'NX') end
  end
end

for at = FIRST, #ARGV do
  local fingerprint = ARGV[at]
  local bucket = tonumber(string.sub(fingerprint, 1, 8), 16) % buckets
  local field = struct.pack('>I4', tonumber(string.sub(fingerprint, 9, 16), 16))
  remember(generation, bucket, field, true)
  if generation ~= '0' then remember(tostring(generation - 1), bucket, field, false) end
end

-- One fingerprint in common is mostly chance, but it's all that one sentence in a round-up has: of those take few.
local weak, weak_wanted = 0, 2

local ranked = {}
for holder, fields in pairs(holders) do
  local size = 0
  for _ in pairs(fields) do size = size + 1 end
  ranked[#ranked + 1] = {holder, size}
end
-- The larger overlap first, of equals the earlier article: the order of a Lua table means nothing.
table.sort(ranked, function(a, b) return a[2] > b[2] or (a[2] == b[2] and a[1] < b[1]) end)

-- Take the article that has most of what no taken one has, again and again (greedy set cover): a round-up of five
-- stories finds all five, not five tellings of the first.
local chosen, taken, covered = {}, {}, {}
local function take(holder)
  chosen[#chosen + 1] = holder
  taken[holder] = true
  for field in pairs(holders[holder]) do covered[field] = true end
end
while #chosen < wanted do
  local best, most = nil, weak < weak_wanted and 0 or 1
  for _, each in ipairs(ranked) do
    if each[2] <= most then break end
    local gain = 0
    for field in pairs(holders[each[1]]) do
      if not covered[field] then gain = gain + 1 end
    end
    if gain > most and not taken[each[1]] then best, most = each[1], gain end
  end
  if not best then break end
  if most < 2 then weak = weak + 1 end
  take(best)
end

-- And the latest of those that share nearly as much as the closest: of versions that differ in a name alone, the
-- fingerprints may not tell which is reprinted.
local twins = {}
for _, each in ipairs(ranked) do
  if each[2] > 1 and each[2] >= 0.9 * ranked[1][2] and not taken[each[1]] then twins[#twins + 1] = each[1] end
end
table.sort(twins, function(a, b) return a > b end)
for at = 1, math.min(3, #twins) do chosen[#chosen + 1] = twins[at] end
table.sort(chosen)

redis.call('SET', prefix .. 'a:' .. number, cmsgpack.pack({item, doc, text, chosen}), 'EX', life)
redis.call('SET', prefix .. 'd:' .. doc, number, 'EX', life)
return answer(1, chosen)
