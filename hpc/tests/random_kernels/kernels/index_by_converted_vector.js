// rank 1
// Where only the order of an index is asked for, vectors of integers wrap nevertheless; with a vector in them it was an internal error.
inputs => {
  inputs.buffers.out[inputs.threadId.x] = inputs.buffers.i32s[vec2i(inputs.uniforms.two).x];
  inputs.buffers.doubles[inputs.threadId.x] = inputs.buffers.i32s[vec2i(inputs.uniforms.size * 2 + 3, 1).x];
}
