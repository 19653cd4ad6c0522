($in) => {
  function loop(fn = types.number, target = types.number) { return fn + target; }
  function length(v = types.vec2) { return v.length(); }
  let $1 = 1, _x = 2, vec2f = 3, f32 = 4, π = 5, override = 6;
  { let $1 = 7; _x += $1; }
  $in.buffers.data[0] = loop($1, _x) + vec2f + f32 + π + override + length($in.buffers.flat[0]);
}
