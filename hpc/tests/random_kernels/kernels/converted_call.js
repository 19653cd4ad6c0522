// rank 1
// A call with effects was left in what converts its result for an index.
inputs => {
  function call0() {
    inputs.buffers.int32[inputs.threadId.x] += 1;
    return inputs.buffers.u32s[1];
  }
  inputs.buffers.own[inputs.threadId.x][call0()] = 1;
  inputs.buffers.uint8[inputs.threadId.x] = inputs.buffers.i32s[call0() / 2];
  inputs.buffers.flags[inputs.threadId.x] = call0() === Math.floor(1 / 2) || call0() > 3;
}
