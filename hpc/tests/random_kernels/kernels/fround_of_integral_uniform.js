// rank 3
// What `Math.fround` makes of an integral uniform is an integer.
inputs => {
  const n0 = Math.round(Math.fround(inputs.uniforms.large) / (Math.ceil(inputs.buffers.doubles[inputs.threadId.x][inputs.threadId.y][inputs.threadId.z])));
  inputs.buffers.notes[inputs.threadId.x][inputs.threadId.y][inputs.threadId.z * 8 + (1 & 7)] = n0;
  inputs.buffers.own[inputs.threadId.x][inputs.threadId.y][inputs.threadId.z * 8 + 2] *= Math.fround(inputs.uniforms.count);
}
