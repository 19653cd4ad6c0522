// rank 1
// The complement of a vector of unsigned integers is unsigned.
inputs => {
  inputs.buffers.numbers[inputs.threadId.x] = inputs.uniforms.color.not().z;
}
