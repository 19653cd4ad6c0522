// rank 1
inputs => {
  inputs.buffers.out[inputs.threadId.x] *= 2;
}
