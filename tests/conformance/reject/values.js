// Things that are no values.

// ---- a buffer in a variable
(inputs) => {
  const copy = inputs.buffers.data; // error: HPC0207 at "inputs.buffers.data"
}
// ---- the inputs in a variable
(inputs) => {
  const g = inputs; // error: HPC0207 at "inputs"
}
// ---- the uniforms in a variable
(inputs) => {
  const u = inputs.uniforms; // error: HPC0207 at "inputs.uniforms"
}
// ---- the canvas in a variable
(inputs) => {
  const c = inputs.canvas; // error: HPC0207 at "inputs.canvas"
}
// ---- Math in a variable
(inputs) => {
  const m = Math; // error: HPC0207 at "Math"
}
// ---- a function in a variable
(inputs) => {
  const sin = Math.sin; // error: HPC0207 at "Math.sin"
}
// ---- one's own function as a value
(inputs) => {
  function f() { return 1; }
  const g = f; // error: HPC0207 at "f"
}
// ---- the result of a function without one
(inputs) => {
  function f() { inputs.buffers.data[0] = 1; }
  const g = f(); // error: HPC0207 at "f()"
}
// ---- a type
(inputs) => {
  const t = types.number; // error: HPC0207 at "types.number"
}
