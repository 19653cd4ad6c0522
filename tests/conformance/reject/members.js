// Properties and methods that do not exist.

// ---- an unknown buffer
(inputs) => {
  inputs.buffers.dota[0] = 1; // error: HPC0105 at "dota"
}
// ---- an unknown uniform
(inputs) => {
  inputs.buffers.data[0] = inputs.uniforms.scales; // error: HPC0105 at "scales"
}
// ---- an unknown input
(inputs) => {
  inputs.buffers.data[0] = inputs.threadID.x; // error: HPC0105 at "threadID"
}
// ---- inputs.funcs
(inputs) => {
  inputs.funcs.setPixel(0, 0, 1, 2, 3); // error: HPC0105 at "funcs"
}
// ---- an unknown function of Math
(inputs) => {
  inputs.buffers.data[0] = Math.log1p(1); // error: HPC0105 at "log1p"
}
// ---- math in lower case
(inputs) => {
  inputs.buffers.data[0] = math.exp(1); // error: HPC0101 at "math"
}
// ---- an unknown method of vectors
(inputs) => {
  let v = vec2(1, 2).add(vec2(3, 4)); // error: HPC0105 at "add"
}
// ---- z of a vec2
(inputs) => {
  inputs.buffers.data[0] = vec2(1, 2).z; // error: HPC0209 at "z"
}
// ---- a swizzle with a letter too many
(inputs) => {
  let v = vec3(1, 2, 3).xyw; // error: HPC0209 at "xyw"
}
// ---- a swizzle of five letters
(inputs) => {
  let v = vec2(1, 2).xyxyx; // error: HPC0209|HPC0105 at "xyxyx"
}
// ---- colour letters
(inputs) => {
  let v = vec3(1, 2, 3).rgb; // error: HPC0105|HPC0209 at "rgb"
}
// ---- a component of a number
(inputs) => {
  let a = inputs.buffers.data[0].x; // error: HPC0105|HPC0209 at "x"
}
// ---- size of an array
(inputs) => {
  let list = array([1, 2]);
  inputs.buffers.data[0] = list.size; // error: HPC0105|HPC0209 at "size"
}
// ---- an unknown type
(inputs) => {
  function f(x = types.float) { // error: HPC0302|HPC0105 at "types.float"
    return x;
  }
  inputs.buffers.data[0] = f(1);
}
// ---- the canvas where there is none
// interface: no canvas
(inputs) => {
  inputs.canvas.setPixel(0, 0, 1, 2, 3); // error: HPC0401 at "inputs.canvas"
}
// ---- the size of a canvas that is not there
// interface: no canvas
(inputs) => {
  inputs.buffers.data[0] = inputs.canvas.size.x; // error: HPC0401 at "inputs.canvas"
}
