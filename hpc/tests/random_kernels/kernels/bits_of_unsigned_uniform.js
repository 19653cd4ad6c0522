// rank 1
// Elements of a uniform of unsigned integers of which only the bits count were taken as signed, which the WGSL is not.
inputs => {
  let pair = array(2, inputs.uniforms.table[3]);
  let one = inputs.uniforms.table[inputs.threadId.x];
  one &= 3;
  inputs.buffers.int32[inputs.threadId.x] += (pair[0] ^ pair[1]) + one;
}
