(inputs) => {
  let v = vec3(1, 2);
  let w = vec2(1, 2) + 1;
  let n = 1;
  n = true;
  w.foo();
  let s = vec2(1, 2).q;
  if (vec2(1, 2)) {}
  const t = true ? 1 : vec2(1, 2);
  n += vec2(1, 2);
  let u = vec3(1, 2, 3);
  u += vec3(1, 1, 1);
  Math.max();
}
