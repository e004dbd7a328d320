-- Remember a decision, if all it rests on still stands; the first decision on a doc is the only one.
--
-- ARGV: key prefix, doc, item id, packed item entry ("" for none), revision seen, 1 to commit whatever has changed,
--       story id ("" for none), story record, its revision seen ("" for a new one), verdict, alert ("" for none), alert id,
--       story of the outcome ("" for none), seconds an outcome lives, seconds a story lives, postings kept, articles a generation counts,
--       number of look-up terms, then the look-up terms and the terms to be counted.
-- Returns {"known", children, verdict, alert, sent}, {"conflict"} or {"done", children}: the docs that waited for this one.

local prefix, doc, item, entry = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local seen, force, story, record, story_seen = tonumber(ARGV[5]), ARGV[6] == '1', ARGV[7], ARGV[8], ARGV[9]
local outcome_life, story_life = tonumber(ARGV[14]), tonumber(ARGV[15])
local kept, full, looked = tonumber(ARGV[16]), tonumber(ARGV[17]), tonumber(ARGV[18])
local FIRST = 19

local found = redis.call('HMGET', prefix .. 'o:' .. doc, 'v', 'a', 'sent')
local children = redis.call('LRANGE', prefix .. 'p:' .. doc, 0, -1)
if found[1] then return {'known', children, found[1], found[2] or '', found[3] or '0'} end

if not force and story ~= '' then
  local revision = redis.call('HGET', prefix .. 's:' .. story, 'r') or ''
  if revision ~= story_seen then return {'conflict'} end
  for at = FIRST, FIRST + looked - 1 do
    local latest = redis.call('ZREVRANGE', prefix .. 't:' .. ARGV[at], 0, 0, 'WITHSCORES')
    if latest[2] and tonumber(latest[2]) > seen then return {'conflict'} end
  end
end

local outcome = prefix .. 'o:' .. doc
redis.call('HSET', outcome, 'v', ARGV[10], 'a', ARGV[11], 'id', ARGV[12], 's', ARGV[13], 'sent', '0')
redis.call('EXPIRE', outcome, outcome_life)
if entry ~= '' then
  redis.call('HSET', prefix .. 'i:' .. item, doc, entry)
  redis.call('EXPIRE', prefix .. 'i:' .. item, outcome_life)
  -- A version that may be used takes the place of one that is held, but for a later one.
  local held, version = redis.call('HGET', prefix .. 'h:' .. item, 'version'), cmsgpack.unpack(entry)[1]
  if held and not ((tonumber(held) or 0) > (version or math.huge)) then
    redis.call('DEL', prefix .. 'h:' .. item)
    redis.call('ZREM', prefix .. 'hz', item)
  end
end

if story ~= '' then
  local revision = redis.call('INCR', prefix .. 'r')
  redis.call('HSET', prefix .. 's:' .. story, 'b', record, 'r', revision)
  redis.call('EXPIRE', prefix .. 's:' .. story, story_life)
  for at = FIRST, FIRST + looked - 1 do
    local posting = prefix .. 't:' .. ARGV[at]
    redis.call('ZADD', posting, revision, story)
    redis.call('ZREMRANGEBYRANK', posting, 0, -kept - 1)
    redis.call('EXPIRE', posting, story_life)
  end
end

-- Document frequencies are kept in two generations, so that the words of last month's news fade.
if #ARGV >= FIRST + looked then
  local generation = tonumber(redis.call('GET', prefix .. 'g') or '0')
  if redis.call('INCR', prefix .. 'n:' .. generation) > full then
    redis.call('DEL', prefix .. 'df:' .. (generation - 1), prefix .. 'n:' .. (generation - 1))
    generation = redis.call('INCR', prefix .. 'g')
    redis.call('INCR', prefix .. 'n:' .. generation)
  end
  for at = FIRST + looked, #ARGV do redis.call('HINCRBY', prefix .. 'df:' .. generation, ARGV[at], 1) end
end
return {'done', children}
