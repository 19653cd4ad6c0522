// rank 1
// A component of a vector of integers is the number as the vector holds it, not the one that it was made of.
inputs => {
  inputs.buffers.flags[inputs.threadId.x] = 0 < vec2u(inputs.uniforms.cell.y).x;
  inputs.canvas.setPixel(inputs.threadId.x, 0, 0, vec4u(-2).y + Math.round(inputs.buffers.f64s[15]), 0);
}
