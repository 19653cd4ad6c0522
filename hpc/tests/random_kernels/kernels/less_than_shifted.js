// rank 1
// In WGSL, `a < b >> c` starts a template: the shift needs parentheses.
inputs => {
  const i = inputs.threadId.x;
  if (i < i >> 7 || i > 8 >> (i & 3)) inputs.buffers.out[i] = 1;
}
