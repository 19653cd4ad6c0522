// Syntax that kernels do not have.

// ---- a string
(inputs) => {
  let a = 'text'; // error: HPC0005 at "'text'"
}
// ---- a template
(inputs) => {
  let a = `text`; // error: HPC0005 at "`text`"
}
// ---- a regular expression
(inputs) => {
  let a = /x/; // error: HPC0005 at "/x/"
}
// ---- null
(inputs) => {
  let a = null; // error: HPC0005 at "null"
}
// ---- a bigint
(inputs) => {
  let a = 1n; // error: HPC0005 at "1n"
}
// ---- a getter in an object
(inputs) => {
  let a = { get x() { return 1; } }; // error: HPC0005 at "get x() { return 1; }"
}
// ---- a plain array
(inputs) => {
  let a = [1, 2, 3]; // error: HPC0005 at "[1, 2, 3]"
}
// ---- the rest of the inputs
(inputs) => {
  const { buffers, ...others } = inputs; // error: HPC0005 at "...others"
}
// ---- a default value in a pattern
(inputs) => {
  const { buffers = 1 } = inputs; // error: HPC0005 at "buffers = 1"
}
// ---- a computed name in a pattern
(inputs) => {
  const { [1]: b } = inputs; // error: HPC0005 at "1"
}
// ---- destructuring more elements than there are
(inputs) => {
  const [a, b, c] = array([1, 2]); // error: HPC0005 at "[a, b, c]"
}
// ---- destructuring a vector by position
(inputs) => {
  const [a, b] = vec2(1, 2); // error: HPC0201 at "[a, b]"
}
// ---- destructuring as a value
(inputs) => {
  let a = 1, b = 2;
  inputs.buffers.data[0] = ([a, b] = [b, a]); // error: HPC0005 at "[a, b]"
}
// ---- a class
(inputs) => {
  class A {} // error: HPC0005 at "class A {}"
}
// ---- spread
(inputs) => {
  let a = vec2(...inputs.threadId.xy); // error: HPC0005 at "...inputs.threadId.xy"
}
// ---- new
(inputs) => {
  let a = new Array(3); // error: HPC0005 at "new Array(3)"
}
// ---- try
(inputs) => {
  try { // error: HPC0005 at "try {"
    inputs.buffers.data[0] = 1;
  } catch {}
}
// ---- throw
(inputs) => {
  throw 1; // error: HPC0005 at "throw 1"
}
// ---- delete
(inputs) => {
  delete inputs.buffers; // error: HPC0005 at "delete inputs.buffers"
}
// ---- in
(inputs) => {
  if (1 in inputs.buffers) return; // error: HPC0005 at "1 in inputs.buffers"
}
// ---- instanceof
(inputs) => {
  if (inputs instanceof Object) return; // error: HPC0005 at "inputs instanceof Object"
}
// ---- typeof
(inputs) => {
  let a = typeof inputs; // error: HPC0005 at "typeof inputs"
}
// ---- for in
(inputs) => {
  for (let a in inputs.buffers) {} // error: HPC0005 at "for (let a in inputs.buffers) {}"
}
// ---- for of
(inputs) => {
  let a = 0;
  for (a of array([1, 2])) {} // error: HPC0005 at "for (a of array([1, 2])) {}"
}
// ---- optional chaining
(inputs) => {
  let a = inputs?.threadId.x; // error: HPC0005 at "inputs?.threadId.x"
}
// ---- nullish coalescing
(inputs) => {
  let a = 1 ?? 2; // error: HPC0005 at "1 ?? 2"
}
// ---- debugger
(inputs) => {
  debugger; // error: HPC0005 at "debugger"
}
// ---- a method of arrays
(inputs) => {
  let list = array([1, 2, 3]);
  list.push(4); // error: HPC0105|HPC0005|HPC0202 at "push"
}
