(inputs) => {
  const { buffers, ...others } = inputs;
  for (const x of [1, 2]) {}
  const s = "text";
  const f = () => 1;
  const o = {};
  new Array(3);
  try { } catch { }
  x?.y;
  inputs.buffers.data[0] ??= 1;
  typeof 3;
  break;
}
