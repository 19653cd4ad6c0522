(inputs) => {
  function fill(list, value = types.number) {
    list[0] = value;
  }
  function again(list) {
    return again(list);
  }
  function renewed(list) {
    list = array([1]);
    return list[0];
  }
  function partly(list) {
    if (list[0] > 1) return 1;
  }
  function shared(list) {
    list.size = 3;
  }
  const table = array([1, 2]);
  let list = array([1, 2]);
  fill(list);
  fill(list, vec2(1, 2));
  fill(table, 3);
  again(list);
  renewed(list);
  partly(list);
  shared(list);
  for (const x of 5) {}
  for (const x of inputs) {}
  list.length = 3;
  let v = vec2(1);
  v[vec2(1)] = 2;
  v ||= vec2(1);
  let n = 1;
  n ||= vec2(1);
}
