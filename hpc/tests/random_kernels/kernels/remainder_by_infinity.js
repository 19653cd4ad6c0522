// rank 1
// Lanes whose divisor was infinite had others wait for ever.
inputs => {
  inputs.buffers.doubles[inputs.threadId.x] = inputs.uniforms.deltas[1] % inputs.buffers.doubles[inputs.threadId.x];
}
