(inputs) => {
  let squares = array(10, 0);
  for (let i = 0; i < dim(squares); i++) squares[i] = i ** 2;
  const picked = array([vec2(1, 2), vec2(3, 4)]);
  let flags = array(3, false);
  flags[1] = !flags[0];
  const randoms = array(20, Math.random());
  let copy = squares;
  copy[2] = randoms[inputs.threadId.x];
  inputs.buffers.flat[0] = picked[inputs.threadId.x];
  inputs.buffers.data[0] = flags[1] ? copy[inputs.threadId.x] : squares[9];
}
