// Things that are no values.

// ---- a buffer as a value
(inputs) => {
  const copy = 1 + inputs.buffers.data; // error: HPC0207 at "inputs.buffers.data"
}
// ---- the inputs as a value
(inputs) => {
  const g = 1 + inputs; // error: HPC0207 at "inputs"
}
// ---- the uniforms as a value
(inputs) => {
  const u = 1 + inputs.uniforms; // error: HPC0207 at "inputs.uniforms"
}
// ---- the canvas as a value
(inputs) => {
  const c = 1 + inputs.canvas; // error: HPC0207 at "inputs.canvas"
}
// ---- Math as a value
(inputs) => {
  const m = 1 + Math; // error: HPC0207 at "Math"
}
// ---- a function as a value
(inputs) => {
  const sin = 1 + Math.sin; // error: HPC0207 at "Math.sin"
}
// ---- one's own function as a value
(inputs) => {
  function f() { return 1; }
  const g = 1 + f; // error: HPC0207 at "f"
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
