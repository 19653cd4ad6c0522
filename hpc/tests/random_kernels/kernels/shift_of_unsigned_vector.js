// rank 1
// Unsigned vectors were shifted as signed ones, which the verifier refused.
inputs => {
  inputs.buffers.notes[inputs.threadId.x][1] = vec2u(inputs.threadId.x).shiftRight(vec2u(inputs.uniforms.cell.y)).x;
}
