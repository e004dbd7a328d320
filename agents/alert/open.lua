-- All that an article's verdict rests on, in one look.
--
-- ARGV: key prefix, doc, stories wanted, and packed, as hundreds of arguments are dear to send: the match docs, the
--       look-up terms (those that tell most), the terms whose frequency is asked, and the item's names.
-- Returns {outcome, matches, stories, frequencies, articles, chains, revision, children, aliases}:
--   outcome      {verdict, alert, sent} of this doc if it was judged before, else false
--   matches      for each match doc {story, alert id}, or false where it isn't judged yet
--   stories      {id, record, revision} of those that share look-up terms, the most shared first
--   frequencies  of the terms asked, over two generations, packed; articles: how many were counted
--   chains       for each name the name under which its versions are kept, and a flat list of doc, packed version
--   revision     the latest change of any story under these look-up terms
--   children     docs parked until this one is judged
--   aliases      a flat list of stories that were met here but merged, and those that live on for them

local prefix, doc, wanted = ARGV[1], ARGV[2], tonumber(ARGV[3])
local docs, looked, counted, names = unpack(cmsgpack.unpack(ARGV[4]))

local function outcome(of)
  local found = redis.call('HMGET', prefix .. 'o:' .. of, 'v', 'a', 'sent')
  return found[1] and {found[1], found[2] or '', found[3] or '0'}
end

local aliases, met = {}, {}
local function living(story)
  if met[story] then return met[story] end
  local name = story
  for _ = 1, 32 do
    local to = redis.call('HGET', prefix .. 's:' .. name, 'to')
    if not to then break end
    name = to
  end
  met[story] = name
  if name ~= story then aliases[#aliases + 1], aliases[#aliases + 2] = story, name end
  return name
end

local matches, shared, revision = {}, {}, 0
for _, of in ipairs(docs) do
  local found = redis.call('HMGET', prefix .. 'o:' .. of, 's', 'id')
  matches[#matches + 1] = found[1] and {found[1], found[2] or ''} or false
  -- A story that shares text is looked at whatever its terms.
  if found[1] and found[1] ~= '' then shared[living(found[1])] = 1000 end
end

local chains = {}
for _, given in ipairs(names) do
  local name = root(prefix, given)
  local versions = redis.call('HGETALL', prefix .. 'i:' .. name)
  chains[#chains + 1] = {name, versions}
  for place = 2, #versions, 2 do
    local story = cmsgpack.unpack(versions[place])[3]
    if story then shared[living(story)] = 1000 end
  end
end

for _, term in ipairs(looked) do
  local posted = redis.call('ZREVRANGE', prefix .. 't:' .. term, 0, -1, 'WITHSCORES')
  for place = 1, #posted, 2 do
    shared[posted[place]] = (shared[posted[place]] or 0) + 1
    revision = math.max(revision, tonumber(posted[place + 1]))
  end
end

local ranked = {}
for story in pairs(shared) do ranked[#ranked + 1] = story end
table.sort(ranked, function(a, b) return shared[a] > shared[b] or (shared[a] == shared[b] and a < b) end)
local stories, taken = {}, {}
for at = 1, math.min(2 * wanted, #ranked) do
  local story = living(ranked[at])
  if #stories < wanted and not taken[story] then
    taken[story] = true
    local found = redis.call('HMGET', prefix .. 's:' .. story, 'b', 'r')
    if found[1] then stories[#stories + 1] = {story, found[1], found[2]} end
  end
end

local generation = tonumber(redis.call('GET', prefix .. 'g') or '0')
local frequencies = {}
if #counted > 0 then
  local now = redis.call('HMGET', prefix .. 'df:' .. generation, unpack(counted))
  local before = redis.call('HMGET', prefix .. 'df:' .. (generation - 1), unpack(counted))
  for at = 1, #counted do frequencies[at] = tonumber(now[at] or 0) + tonumber(before[at] or 0) end
end
local articles = tonumber(redis.call('GET', prefix .. 'n:' .. generation) or 0)
  + tonumber(redis.call('GET', prefix .. 'n:' .. (generation - 1)) or 0)

return {
  outcome(doc), matches, stories, cmsgpack.pack(frequencies), articles,
  chains, revision, redis.call('LRANGE', prefix .. 'p:' .. doc, 0, -1), aliases,
}
