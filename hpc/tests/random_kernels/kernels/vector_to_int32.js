// rank 1
// A vector of floats becomes one of integers by ToInt32, which the verifier of the IR had only for numbers.
inputs => {
  const v = vec2(0).xxx.plus(inputs.threadId.times(dim(inputs.buffers.ints)).max(vec3(-999)).min(vec3(999)));
  inputs.buffers.out[inputs.threadId.x] = v.x - v.y;
}
