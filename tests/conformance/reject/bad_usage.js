// The bad usage example of the features page, piece by piece.

// ---- destructuring what the inputs have not
(inputs) => {
  const { buffers, thread } = inputs; // error: HPC0105 at "thread"
}
// ---- a list with map
(inputs) => {
  const list = new Array(10).map((_, i) => i * 2); // error: HPC0005 at "new Array(10)"
}
// ---- logging
(inputs) => {
  console.warn('hello'); // error: HPC0005 at "warn"
}
// ---- a variable of the host
(inputs) => {
  inputs.buffers.data[0] = someHostVariable * 2; // error: HPC0101 at "someHostVariable"
}
// ---- the page
(inputs) => {
  document.getElementById('canvas'); // error: HPC0101 at "document"
}
// ---- several mistakes at once
(inputs) => {
  const a = hostValue; // error: HPC0101 at "hostValue"
  inputs.buffers.nothing[0] = 1; // error: HPC0105 at "nothing"
  inputs.buffers.data[0] = vec2(1, 2).z; // error: HPC0209 at "z"
}
