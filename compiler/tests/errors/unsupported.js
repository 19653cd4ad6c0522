(inputs) => {
  const { buffers, ...others } = inputs;
  let x = 0;
  for (x of [1, 2]) {}
  const s = "text";
  const f = () => 1;
  const o = {};
  new Array(3);
  try { } catch { }
  x?.y;
  typeof 3;
  break;
}
