// Calls that fit no overload.

// ---- a vec3 of two numbers
(inputs) => {
  let v = vec3(1, 2); // error: HPC0202 at "vec3(1, 2)"
}
// ---- a vec2 of a boolean
(inputs) => {
  let v = vec2(true, 1); // error: HPC0202|HPC0201 at "vec2(true, 1)"
}
// ---- an empty vector
(inputs) => {
  let v = vec2(); // error: HPC0202 at "vec2()"
}
// ---- Math.sin of a vector
(inputs) => {
  let v = Math.sin(vec2(1, 2)); // error: HPC0202 at "Math.sin(vec2(1, 2))"
}
// ---- Math.pow of one number
(inputs) => {
  let a = Math.pow(2); // error: HPC0202 at "Math.pow(2)"
}
// ---- Math.random of something
(inputs) => {
  let a = Math.random(2); // error: HPC0202 at "Math.random(2)"
}
// ---- plus of another size
(inputs) => {
  let v = vec2(1, 2).plus(vec3(1, 2, 3)); // error: HPC0202|HPC0201 at "vec3(1, 2, 3)"
}
// ---- cross of vec2
(inputs) => {
  let v = vec2(1, 2).cross(vec2(3, 4)); // error: HPC0105|HPC0202 at "cross"
}
// ---- max without argument
(inputs) => {
  let v = vec2(1, 2).max(); // error: HPC0202 at "vec2(1, 2).max()"
}
// ---- setPixel with too few numbers
(inputs) => {
  inputs.canvas.setPixel(1, 2, 3); // error: HPC0202 at "inputs.canvas.setPixel(1, 2, 3)"
}
// ---- setPixel with a vec3 as its position
(inputs) => {
  inputs.canvas.setPixel(inputs.threadId, vec3(1, 2, 3)); // error: HPC0202 at "inputs.canvas.setPixel(inputs.threadId, vec3(1, 2, 3))"
}
// ---- the result of setPixel
(inputs) => {
  let a = inputs.canvas.setPixel(1, 2, 3, 4, 5); // error: HPC0207 at "inputs.canvas.setPixel(1, 2, 3, 4, 5)"
}
// ---- an argument missing
(inputs) => {
  function f(x = types.number, y = types.number) {
    return x + y;
  }
  inputs.buffers.data[0] = f(1); // error: HPC0202 at "f(1)"
}
// ---- an argument too many
(inputs) => {
  function f(x = types.number) {
    return x;
  }
  inputs.buffers.data[0] = f(1, 2); // error: HPC0202 at "f(1, 2)"
}
// ---- an argument of another type
(inputs) => {
  function f(v = types.vec2) {
    return v.x;
  }
  inputs.buffers.data[0] = f(1); // error: HPC0202|HPC0201 at "1"
}
// ---- calling a number
(inputs) => {
  let a = 1;
  a(); // error: HPC0207|HPC0202|HPC0201 at "a"
}
// ---- a component called
(inputs) => {
  let a = vec2(1, 2).x(); // error: HPC0207|HPC0105|HPC0202 at "x"
}
