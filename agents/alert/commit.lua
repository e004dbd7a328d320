-- Remember a decision, if all it rests on still stands; the first decision on a doc is the only one.
--
-- ARGV: key prefix, doc, item id, packed item entry, versions of the item seen, 1 for a withdrawal, revision seen,
--       1 to commit whatever has changed, story id ("" for none), story record, its revision seen ("" for a new one),
--       the story merged with it ("" for none), the revision seen of that, verdict, alert ("" for none), alert id,
--       story of the outcome ("" for none), seconds an outcome lives, seconds a story lives, postings kept, articles a
--       generation counts, and packed: the item's names, its keys, the look-up terms and the terms to be counted.
-- Returns {"known", children, verdict, alert, sent}, {"conflict"} or {"done", children}: the docs that waited for this one.

local prefix, doc, item, entry, versions, withdrawn = ARGV[1], ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5]), ARGV[6] == '1'
local seen, force, story, record, story_seen = tonumber(ARGV[7]), ARGV[8] == '1', ARGV[9], ARGV[10], ARGV[11]
local dead, dead_seen = ARGV[12], ARGV[13]
local outcome_life, story_life = tonumber(ARGV[18]), tonumber(ARGV[19])
local kept, full = tonumber(ARGV[20]), tonumber(ARGV[21])
local names, keys, looked, counted = unpack(cmsgpack.unpack(ARGV[22]))

local found = redis.call('HMGET', prefix .. 'o:' .. doc, 'v', 'a', 'sent')
local children = redis.call('LRANGE', prefix .. 'p:' .. doc, 0, -1)
if found[1] then return {'known', children, found[1], found[2] or '', found[3] or '0'} end

-- The chains that the names lead to; they are one from now on, under the first that has versions already.
local chain, roots, known, count = nil, {}, {}, 0
for _, given in ipairs(names) do
  local name = root(prefix, given)
  if not known[name] then
    known[name], roots[#roots + 1] = true, name
    local length = redis.call('HLEN', prefix .. 'i:' .. name)
    count = count + length
    if length > 0 and not chain then chain = name end
  end
end
chain = chain or roots[1]
if not force and count ~= versions then return {'conflict'} end

if not force and story ~= '' then
  local revision = redis.call('HGET', prefix .. 's:' .. story, 'r') or ''
  if revision ~= story_seen then return {'conflict'} end
  if dead ~= '' and redis.call('HGET', prefix .. 's:' .. dead, 'r') ~= dead_seen then return {'conflict'} end
  for _, term in ipairs(looked) do
    local latest = redis.call('ZREVRANGE', prefix .. 't:' .. term, 0, 0, 'WITHSCORES')
    if latest[2] and tonumber(latest[2]) > seen then return {'conflict'} end
  end
end

local outcome = prefix .. 'o:' .. doc
redis.call('HSET', outcome, 'v', ARGV[14], 'a', ARGV[15], 'id', ARGV[16], 's', ARGV[17], 'sent', '0')
redis.call('EXPIRE', outcome, outcome_life)

for _, name in ipairs(roots) do
  if name ~= chain then
    local moved = redis.call('HGETALL', prefix .. 'i:' .. name)
    if #moved > 0 then redis.call('HSET', prefix .. 'i:' .. chain, unpack(moved)) end
    redis.call('DEL', prefix .. 'i:' .. name)
    redis.call('SET', prefix .. 'c:' .. name, chain, 'EX', outcome_life)
  end
end
for _, lot in ipairs({names, keys}) do
  for _, name in ipairs(lot) do
    if name ~= chain then redis.call('SET', prefix .. 'c:' .. name, chain, 'EX', outcome_life) end
  end
end
redis.call('HSET', prefix .. 'i:' .. chain, doc, entry)
redis.call('EXPIRE', prefix .. 'i:' .. chain, outcome_life)

local function let_go(of)
  redis.call('DEL', prefix .. 'h:' .. of)
  redis.call('ZREM', prefix .. 'hz', of)
end
-- A version that may be used takes the place of one that is held, but for a later one, and of those that it replaces;
-- a withdrawal that of whatever its names and keys lead to.
local packed, held = cmsgpack.unpack(entry), redis.call('HGET', prefix .. 'h:' .. item, 'version')
if held and not ((tonumber(held) or 0) > (packed[1] or math.huge)) then let_go(item) end
for _, replaced in ipairs(packed[7] or {}) do let_go(replaced) end
for _, lot in ipairs(withdrawn and {names, keys} or {}) do
  for _, name in ipairs(lot) do
    let_go(name)
    local named = redis.call('GET', prefix .. 'hk:' .. name)
    if named then let_go(named) end
  end
end

-- Even a forced decision must not raise a story again that was merged meanwhile.
if story ~= '' and redis.call('HEXISTS', prefix .. 's:' .. story, 'to') == 0 then
  local revision = redis.call('INCR', prefix .. 'r')
  redis.call('HSET', prefix .. 's:' .. story, 'b', record, 'r', revision)
  redis.call('EXPIRE', prefix .. 's:' .. story, story_life)
  for _, term in ipairs(looked) do
    local posting = prefix .. 't:' .. term
    redis.call('ZADD', posting, revision, story)
    redis.call('ZREMRANGEBYRANK', posting, 0, -kept - 1)
    redis.call('EXPIRE', posting, story_life)
  end
  -- What led to the story that is merged leads to this one, as long as anything remembers it.
  if dead ~= '' then
    redis.call('HDEL', prefix .. 's:' .. dead, 'b')
    redis.call('HSET', prefix .. 's:' .. dead, 'to', story, 'r', revision)
    redis.call('EXPIRE', prefix .. 's:' .. dead, math.max(outcome_life, story_life))
  end
end

-- Document frequencies are kept in two generations, so that the words of last month's news fade.
if #counted > 0 then
  local generation = tonumber(redis.call('GET', prefix .. 'g') or '0')
  if redis.call('INCR', prefix .. 'n:' .. generation) > full then
    redis.call('DEL', prefix .. 'df:' .. (generation - 1), prefix .. 'n:' .. (generation - 1))
    generation = redis.call('INCR', prefix .. 'g')
    redis.call('INCR', prefix .. 'n:' .. generation)
  end
  for _, term in ipairs(counted) do redis.call('HINCRBY', prefix .. 'df:' .. generation, term, 1) end
end
return {'done', children}
