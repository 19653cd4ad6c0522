// rank 1
// The absolute value of an unsigned integer past 2^31 was that of a signed one.
inputs => {
  function twice(p0 = types.boolean) {
    return Math.max(Math.floor(Math.random() * 2), inputs.buffers.int32[inputs.threadId.x]) * 2;
  }
  inputs.buffers.int32[inputs.threadId.x] = Math.imul(inputs.buffers.int32[inputs.threadId.x], 31) - 1;
  inputs.buffers.notes[inputs.threadId.x][0] = Math.abs(twice(true));
}
