// rank 1
// What is hardly below zero is 1 above -1, and was rounded to that.
inputs => {
  inputs.buffers.doubles[inputs.threadId.x] = inputs.buffers.doubles[inputs.threadId.x] + Math.round(inputs.uniforms.deltas[1]);
}
