// Functions that cannot be kernels.

// ---- no parameter
() => { // error: HPC0003 at "()"
  let a = 1;
}
// ---- two parameters
(inputs, more) => { // error: HPC0003 at "more"
  let a = 1;
}
// ---- a part that the parameter has not
({ buffer, threadId }) => { // error: HPC0105 at "buffer"
  buffer.data[threadId.x] = 1;
}
// ---- a destructured parameter with a default value
({ buffers } = {}) => { // error: HPC0003 at "{ buffers } = {}"
  buffers.data[0] = 1;
}
// ---- a row given a value
({ buffers: { data } }) => {
  data = 1; // error: HPC0207 at "data"
}
// ---- a parameter with a default
(inputs = 1) => { // error: HPC0003 at "inputs = 1"
  let a = 1;
}
// ---- a rest parameter
(...inputs) => { // error: HPC0003 at "...inputs"
  let a = 1;
}
// ---- an async arrow
async (inputs) => { // error: HPC0004 at "async"
  inputs.buffers.data[0] = 1;
}
// ---- an async function
async function kernel(inputs) { // error: HPC0004 at "async"
  inputs.buffers.data[0] = 1;
}
// ---- a generator
function* kernel(inputs) { // error: HPC0004 at "function*"
  inputs.buffers.data[0] = 1;
}
// ---- a native function
function log() { [native code] } // error: HPC0002|HPC0003 at "function log() { [native code] }"
// ---- a class
class Kernel { // error: HPC0002 at "class Kernel {"
  run() {}
}
// ---- no function at all
1 + 2 // error: HPC0002 at "1 + 2"
// ---- a syntax error
(inputs) => {
  let a = ; // error: HPC0001 at ";"
}
// ---- an unclosed bracket
(inputs) => {
  inputs.buffers.data[0 = 1; // error: HPC0001 at "0"
}
// ---- returning a value
(inputs) => {
  return inputs.threadId.x; // error: HPC0307 at "inputs.threadId.x"
}
// ---- returning a value early
(inputs) => {
  if (inputs.threadId.x > 3) return 0; // error: HPC0307 at "0"
  inputs.buffers.data[0] = 1;
}
