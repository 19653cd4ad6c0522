// What cannot be assigned.

// ---- a const
(inputs) => {
  const a = 1;
  a = 2; // error: HPC0203 at "a"
}
// ---- a const by ++
(inputs) => {
  const a = 1;
  a++; // error: HPC0203 at "a"
}
// ---- an element of a const array
(inputs) => {
  const list = array([1, 2, 3]);
  list[1] = 5; // error: HPC0203 at "list"
}
// ---- a component of an element of a const array
(inputs) => {
  const list = array([vec2(1, 2)]);
  list[0].x = 5; // error: HPC0203 at "list"
}
// ---- a component of a const vector
(inputs) => {
  const v = vec2(1, 2);
  v.x = 5; // error: HPC0203 at "v"
}
// ---- a uniform
(inputs) => {
  inputs.uniforms.scale = 1; // error: HPC0203 at "inputs.uniforms.scale"
}
// ---- a component of a uniform
(inputs) => {
  inputs.uniforms.center.x += 1; // error: HPC0203 at "inputs.uniforms.center"
}
// ---- threadId
(inputs) => {
  inputs.threadId.x = 1; // error: HPC0203 at "inputs.threadId"
}
// ---- the canvas
(inputs) => {
  inputs.canvas.size.x = 1; // error: HPC0203 at "inputs.canvas.size"
}
// ---- usingCpu
(inputs) => {
  inputs.usingCpu = false; // error: HPC0203 at "inputs.usingCpu"
}
// ---- a swizzle with a letter twice
(inputs) => {
  let v = vec3(1, 2, 3);
  v.xx = vec2(4, 5); // error: HPC0203 at "v.xx"
}
// ---- a function
(inputs) => {
  function f() { return 1; }
  f = 2; // error: HPC0203 at "f"
}
// ---- the inputs
(inputs) => {
  inputs = 2; // error: HPC0203 at "inputs"
}
// ---- a whole buffer
(inputs) => {
  inputs.buffers.data = 2; // error: HPC0203|HPC0207 at "inputs.buffers.data"
}
// ---- a component of a result
(inputs) => {
  vec2(1, 2).x = 3; // error: HPC0203 at "vec2(1, 2).x"
}
// ---- Math
(inputs) => {
  Math.PI = 3; // error: HPC0203 at "Math.PI"
}
// ---- a const of a case that falls through
(inputs) => {
  switch (inputs.threadId.x) {
    case 0:
      const a = 1;
      a = 2; // error: HPC0203 at "a"
    case 1:
  }
}
// ---- arrays of different lengths
(inputs) => {
  let list = array([1, 2, 3]);
  list = array([1, 2]); // error: HPC0201 at "array([1, 2])"
}
