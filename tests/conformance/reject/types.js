// Types that do not fit.

// ---- a vector in a number buffer
(inputs) => {
  inputs.buffers.data[0] = vec2(1, 2); // error: HPC0201 at "vec2(1, 2)"
}
// ---- a number in a vector buffer
(inputs) => {
  inputs.buffers.points[0] = 1; // error: HPC0201 at "1"
}
// ---- a boolean in a number buffer
(inputs) => {
  inputs.buffers.data[0] = true; // error: HPC0201 at "true"
}
// ---- a variable of another type
(inputs) => {
  let a = 1;
  a = vec2(1, 2); // error: HPC0201 at "vec2(1, 2)"
}
// ---- assignments that disagree
(inputs) => {
  let a;
  if (inputs.threadId.x > 1) a = 1;
  else a = true; // error: HPC0201 at "true"
}
// ---- a variable whose type is never settled
(inputs) => {
  let a;
  inputs.buffers.data[0] = a; // error: HPC0204 at "a"
}
// ---- + of vectors
(inputs) => {
  let a = vec2(1, 2) + vec2(3, 4); // error: HPC0201|HPC0202 at "vec2(1, 2) + vec2(3, 4)"
}
// ---- number equals boolean
(inputs) => {
  let a = 1 === true; // error: HPC0201|HPC0202 at "1 === true"
}
// ---- comparing a number with a boolean
(inputs) => {
  if (1 === true) return; // error: HPC0201|HPC0202 at "1 === true"
}
// ---- comparing vectors of two sizes
(inputs) => {
  if (vec2(1, 2) === vec3(1, 2, 3)) return; // error: HPC0201|HPC0202 at "vec2(1, 2) === vec3(1, 2, 3)"
}
// ---- ordering vectors
(inputs) => {
  if (vec2(1) < vec2(2)) return; // error: HPC0201|HPC0202 at "vec2(1) < vec2(2)"
}
// ---- a vector as a condition
(inputs) => {
  if (vec2(1, 2)) return; // error: HPC0205 at "vec2(1, 2)"
}
// ---- not of a vector
(inputs) => {
  if (!inputs.threadId) return; // error: HPC0205|HPC0201 at "inputs.threadId"
}
// ---- arms of a ternary that differ
(inputs) => {
  let a = inputs.uniforms.on ? 1 : vec2(1, 2); // error: HPC0201 at "vec2(1, 2)"
}
// ---- ++ of a vector
(inputs) => {
  let v = vec2(1, 2);
  v++; // error: HPC0201|HPC0202 at "v"
}
// ---- ++ of a boolean
(inputs) => {
  let b = true;
  b++; // error: HPC0201|HPC0202 at "b"
}
// ---- a switch over booleans with a number
(inputs) => {
  switch (inputs.uniforms.on) {
    case 1: // error: HPC0201 at "1"
      return;
  }
}
