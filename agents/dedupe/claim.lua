-- Look an article up and remember it, in one step, so that of two alike that arrive together one comes first.
--
-- ARGV: key prefix, doc, item id, text (compressed), postings kept, candidates wanted, seconds to live, buckets that an
--       index begins with, postings wanted in a bucket, bytes that an article takes beside its text and postings, then the
--       fingerprints, 8 bytes each, that of the doc's name first.
-- Returns {first time (1) or seen before (0), candidate, candidate, ...}, each candidate {id, doc, text}, in order of arrival.

local prefix, doc, item, text = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local kept, wanted, life = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local base, load, beside, prints = tonumber(ARGV[8]), tonumber(ARGV[9]), tonumber(ARGV[10]), ARGV[11]
local WIDTH = 7  -- of a posting: 4 bytes of the fingerprint, 3 for the article's place in its generation

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

-- A generation of the index. Its buckets are split one at a time as it fills (linear hashing: Litwin 1980), so that
-- each holds as much and costs as much to look at however many articles there are.
local function index(generation)
  local known = redis.call('HMGET', prefix .. 'g', 'first' .. generation, 'buckets' .. generation, 'postings' .. generation)
  local of = {
    name = prefix .. 'f:' .. generation .. ':', generation = generation, first = tonumber(known[1] or '1'),
    buckets = tonumber(known[2] or base), postings = tonumber(known[3] or '0'), span = base,
  }
  while 2 * of.span <= of.buckets do of.span = 2 * of.span end
  return of
end

local function address(of, place)
  local at = place % of.span
  return at < of.buckets - of.span and place % (2 * of.span) or at
end

-- The buckets of an index that the fingerprints fall into, each once; `fields` and `places` are those of each fingerprint.
local fields, places = {}, {}
for at = 1, #prints, 8 do
  local high, low = struct.unpack('>I4I4', prints, at)
  fields[#fields + 1] = string.sub(prints, at + 4, at + 7)
  places[#places + 1] = low * base + high % base
end
local function opened(of)
  local keys, asked, at = {}, {}, {}
  for number, place in ipairs(places) do
    local key = of.name .. address(of, place)
    at[number] = key
    if not asked[key] then
      asked[key], keys[#keys + 1] = true, key
    end
  end
  local held = {}
  for first = 1, #keys, 1000 do
    local last = math.min(first + 999, #keys)
    local found = redis.call('MGET', unpack(keys, first, last))
    for each = first, last do held[keys[each]] = found[each - first + 1] or '' end
  end
  return held, at
end

-- Calls `met` with each article that has a fingerprint, the earliest first; gives how many and where the first stands.
local function holders_of(of, bucket, field, met)
  local count, from, first = 0, 1, nil
  while true do
    local found = string.find(bucket, field, from, true)
    if not found then return count, first end
    if (found - 1) % WIDTH == 0 then
      local high, middle, low = string.byte(bucket, found + 4, found + 6)
      met(of.first + high * 65536 + middle * 256 + low)
      count, first, from = count + 1, first or found, found + WIDTH
    else
      from = found + 1
    end
  end
end

local generation = tonumber(redis.call('HGET', prefix .. 'g', 'now') or '0')
local present, past = index(generation), generation > 0 and index(generation - 1)
local held, at = opened(present)
local before, before_at
if past then before, before_at = opened(past) end

-- A redelivered article gets the candidates that it was given first.
local again
local function is_again(number)
  local known = record(number)
  if known and known[2] == doc then again = known[4] end
end
holders_of(present, held[at[1]], fields[1], is_again)
if past then holders_of(past, before[before_at[1]], fields[1], is_again) end
if again then return answer(0, again) end

local number = redis.call('INCR', prefix .. 'n')
local place = number - present.first
local mark = string.char(math.floor(place / 65536) % 256, math.floor(place / 256) % 256, place % 256)

-- The articles that have one fingerprint of this one's, and those that have more, with which they are. Most have one, by
-- chance, and the more the fuller the store: they get no table each, and aren't sorted.
local once, holders, ranked, changed, added = {}, {}, {}, {}, 0
local current
local function hold(holder)
  local shared = holders[holder]
  if shared then
    shared[#shared + 1] = current
  elseif once[holder] then
    holders[holder], once[holder], ranked[#ranked + 1] = {once[holder], current}, nil, holder
  else
    once[holder] = current
  end
end
local function pass() end
for each, field in ipairs(fields) do
  current = each
  local heard = each > 1 and hold or pass
  local key = at[each]
  local bucket = held[key]
  local count, first = holders_of(present, bucket, field, heard)
  if past then holders_of(past, before[before_at[each]], field, heard) end
  -- Of a phrase that many have the latest are kept.
  if count >= kept then
    bucket = string.sub(bucket, 1, first - 1) .. string.sub(bucket, first + WIDTH)
  else
    added = added + 1
  end
  held[key], changed[key] = bucket .. field .. mark, true
end
for key in pairs(changed) do redis.call('SET', key, held[key], 'EX', life) end

-- One fingerprint in common is mostly chance, but it's all that one sentence in a round-up has: of those take few.
local weak, weak_wanted = 0, 2

-- The larger overlap first, of equals the earlier article: the order of a Lua table means nothing.
table.sort(ranked, function(a, b) return #holders[a] > #holders[b] or (#holders[a] == #holders[b] and a < b) end)

-- Take the article that has most of what no taken one has, again and again (greedy set cover): a round-up of five
-- stories finds all five, not five tellings of the first.
local chosen, taken, covered = {}, {}, {}
local function best_above(most)
  local best
  for _, holder in ipairs(ranked) do
    local shared = holders[holder]
    if #shared <= most then break end
    local gain = 0
    for _, each in ipairs(shared) do
      if not covered[each] then gain = gain + 1 end
    end
    if gain > most and not taken[holder] then best, most = holder, gain end
  end
  if best or most > 0 then return best, most end
  for holder, each in pairs(once) do
    if not covered[each] and (not best or holder < best) then best = holder end
  end
  return best, 1
end
while #chosen < wanted do
  local best, gain = best_above(weak < weak_wanted and 0 or 1)
  if not best then break end
  if gain < 2 then weak = weak + 1 end
  chosen[#chosen + 1], taken[best] = best, true
  for _, each in ipairs(holders[best] or {once[best]}) do covered[each] = true end
end

-- And the latest of those that share nearly as much as the closest: of versions that differ in a name alone, the
-- fingerprints may not tell which is reprinted.
local twins = {}
for _, holder in ipairs(ranked) do
  local size = #holders[holder]
  if size >= 0.9 * #holders[ranked[1]] and not taken[holder] then twins[#twins + 1] = holder end
end
table.sort(twins, function(a, b) return a > b end)
for each = 1, math.min(3, #twins) do chosen[#chosen + 1] = twins[each] end
table.sort(chosen)
redis.call('SET', prefix .. 'a:' .. number, cmsgpack.pack({item, doc, text, chosen}), 'EX', life)

-- Split as many buckets as are owed, the next in turn; what moves goes to the one as far on as there were buckets.
local postings, buckets, span = present.postings + added, present.buckets, present.span
while postings > load * buckets do
  local from = buckets - span
  local bucket = redis.call('GET', present.name .. from)
  local stay, go = {}, {}
  for start = 1, bucket and #bucket or 0, WIDTH do
    local where = (struct.unpack('>I4', bucket, start) * base + from % base) % (2 * span)
    local side = where == from and stay or go
    side[#side + 1] = string.sub(bucket, start, start + WIDTH - 1)
  end
  if #go > 0 then
    redis.call('SET', present.name .. buckets, table.concat(go), 'EX', life)
    redis.call('SET', present.name .. from, table.concat(stay), 'EX', life)
  end
  buckets = buckets + 1
  if buckets == 2 * span then span = buckets end
end
redis.call('HSET', prefix .. 'g', 'postings' .. generation, postings, 'buckets' .. generation, buckets)
redis.call('HINCRBY', prefix .. 'g', 'bytes' .. generation, WIDTH * added + #text + beside)
return answer(1, chosen)
