-- The name under which an item's versions are kept; it stands before the scripts that follow the chains of names.

local function root(prefix, name)
  for _ = 1, 32 do
    local at = redis.call('GET', prefix .. 'c:' .. name)
    if not at or at == name then break end
    name = at
  end
  return name
end

