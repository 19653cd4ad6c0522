(inputs) => {
  function silent(a) { return 1; }
  function wrong(a = types.float) { return a; }
  function again(n = types.number) { return again(n - 1); }
  function sometimes(n = types.number) { if (n > 1) return 1; }
  function both(n = types.number) { if (n > 1) return 1; return true; }
  function sees() { return outside; }
  function fine(n = types.number) { return n; }
  function fine() { return 1; }
  function rest(...all) { return 1; }
  sees();
  let outside = 1;
  fine();
  silent();
  const early = (a) => late(a);
  early(1);
  const late = (a) => a + hidden;
  { let hidden = 1; late(2); }
  let held = sees;
  held = 1;
  array([sees]);
}
