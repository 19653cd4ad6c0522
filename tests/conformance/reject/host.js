// Names that a kernel does not see.

// ---- another function of console
(inputs) => {
  console.table(inputs.threadId.x); // error: HPC0005 at "table"
}
// ---- a template in a log
(inputs) => {
  console.log(`at ${inputs.threadId.x}`); // error: HPC0005 at "`at ${inputs.threadId.x}`"
}
// ---- a log of more than a call tells
(inputs) => {
  const v = vec4(1, 2, 3, 4);
  console.log(v, v, v, v, 1); // error: HPC0202 at "console.log(v, v, v, v, 1)"
}
// ---- a log of an array
(inputs) => {
  console.log(array([1, 2])); // error: HPC0202 at "array([1, 2])"
}
// ---- what a log gives
(inputs) => {
  inputs.buffers.data[0] = console.log(1); // error: HPC0202|HPC0204|HPC0207 at "console.log(1)"
}
// ---- alert
(inputs) => {
  alert(inputs.threadId.x); // error: HPC0101 at "alert"
}
// ---- document
(inputs) => {
  document.title = 1; // error: HPC0101 at "document"
}
// ---- a variable of the host
(inputs) => {
  inputs.buffers.data[0] = hostVariable; // error: HPC0101 at "hostVariable"
}
// ---- a misspelt variable
(inputs) => {
  const value = 1;
  inputs.buffers.data[0] = valeu; // error: HPC0101 at "valeu"
}
// ---- an unknown name as an index
(inputs) => {
  inputs.buffers.data[nope] = 1; // error: HPC0101 at "nope"
}
// ---- assigning an unknown name
(inputs) => {
  result = 5; // error: HPC0101 at "result"
}
// ---- an unknown function
(inputs) => {
  inputs.buffers.data[0] = square(2); // error: HPC0101|HPC0102 at "square"
}
// ---- an import that a minifier renamed
(n) => {
  let t = a(1, 2, 3); // error: HPC0102|HPC0101 at "a"
  n.buffers.data[0] = t.x;
}
// ---- an import of a module whose exports a bundler has shortened
(n) => {
  let t = (0, S.Zc)(1, 2); // error: HPC0102 at "0, S.Zc"
  n.buffers.data[0] = t.x;
}
// ---- globalThis, window, Date
(inputs) => {
  inputs.buffers.data[0] = globalThis.x; // error: HPC0101 at "globalThis"
  inputs.buffers.data[1] = window.innerWidth; // error: HPC0101 at "window"
  inputs.buffers.data[2] = Date.now(); // error: HPC0101 at "Date"
}
// ---- parseInt
(inputs) => {
  inputs.buffers.data[0] = parseInt(3.5); // error: HPC0101|HPC0102 at "parseInt"
}
// ---- undefined as a value
(inputs) => {
  let a = 1 + undefined; // error: HPC0101|HPC0005|HPC0207 at "undefined"
}
// ---- a counter of a coverage tool
(inputs) => {
  cov_1abc().s[0]++; // error: HPC0101|HPC0102|HPC0005 at "cov_1abc"
  inputs.buffers.data[0] = 1;
}
// ---- arguments
(inputs) => {
  inputs.buffers.data[0] = arguments.length; // error: HPC0101|HPC0005 at "arguments"
}
// ---- this
function (inputs) {
  this.x = 1; // error: HPC0101|HPC0005 at "this"
}
