(inputs) => {
  function untyped(a) { return a; }
  function wrong(a = 3) { return a; }
  function again(n = types.number) { return again(n - 1); }
  function sometimes(n = types.number) { if (n > 1) return 1; }
  function both(n = types.number) { if (n > 1) return 1; return true; }
  function sees() { return outside; }
  function fine(n = types.number) { return n; }
  function fine() { return 1; }
  let outside = 1;
  fine();
  function late() {}
}
