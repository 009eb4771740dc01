-- statements.lua - for wrk: posts each note of a file once, a zero byte behind each, then stops.
-- The first, the genesis, stands already. usage: wrk … -s statements.lua URL -- FILE
local requests, sent = {}, 0

function init(arguments)
   local file = assert(io.open(arguments[1], "rb"))
   for note in file:read("*a"):gmatch("([^%z]+)%z") do
      requests[#requests + 1] = wrk.format("POST", "/api/entries", nil, note)
   end
   file:close()
   sent = 1
end

function request()
   sent = sent + 1
   if sent > #requests then
      wrk.thread:stop()
      return requests[#requests]
   end
   return requests[sent]
end
