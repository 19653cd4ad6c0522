// Functions that break the rules.

// ---- after other code
(inputs) => {
  let a = 1;
  function f() { // error: HPC0301 at "f"
    return 1;
  }
  inputs.buffers.data[0] = f() + a;
}
// ---- within a block
(inputs) => {
  if (inputs.threadId.x > 1) {
    function f() { // error: HPC0301 at "f"
      return 1;
    }
  }
}
// ---- within a function
(inputs) => {
  function f() {
    function g() { // error: HPC0301 at "g"
      return 1;
    }
    return g();
  }
  inputs.buffers.data[0] = f();
}
// ---- within a function, and called before
(inputs) => {
  function f() {
    return g();
    function g() { // error: HPC0301 at "g"
      return 1;
    }
  }
  inputs.buffers.data[0] = f();
}
// ---- a parameter without a type
(inputs) => {
  function f(x) { // error: HPC0302 at "x"
    return x;
  }
  inputs.buffers.data[0] = f(1);
}
// ---- a parameter with a value
(inputs) => {
  function f(x = 5) { // error: HPC0302 at "5"
    return x;
  }
  inputs.buffers.data[0] = f(1);
}
// ---- a destructured parameter
(inputs) => {
  function f({ x }) { // error: HPC0302|HPC0005 at "{ x }"
    return x;
  }
  inputs.buffers.data[0] = f(1);
}
// ---- a rest parameter
(inputs) => {
  function f(...x) { // error: HPC0302|HPC0005 at "...x"
    return 1;
  }
  inputs.buffers.data[0] = f(1);
}
// ---- recursion
(inputs) => {
  function f(x = types.number) {
    return x > 0 ? f(x - 1) : 0; // error: HPC0303 at "f"
  }
  inputs.buffers.data[0] = f(3);
}
// ---- two functions that call each other
(inputs) => {
  function even(x = types.number) {
    return x === 0 ? true : odd(x - 1);
  }
  function odd(x = types.number) {
    return x === 0 ? false : even(x - 1); // error: HPC0303 at "even"
  }
  inputs.buffers.data[0] = even(3) ? 1 : 0;
}
// ---- returns of two types
(inputs) => {
  function f(x = types.number) {
    if (x > 1) return 1;
    return true; // error: HPC0304 at "true"
  }
  f(1);
}
// ---- returns with and without a value
(inputs) => {
  function f(x = types.number) {
    if (x > 1) return;
    return 1; // error: HPC0304 at "return 1"
  }
  inputs.buffers.data[0] = f(1);
}
// ---- a path without a return
(inputs) => {
  function f(x = types.number) { // error: HPC0304 at "f"
    if (x > 1) return 1;
  }
  inputs.buffers.data[0] = f(1);
}
// ---- a loop that may end without a return
(inputs) => {
  function f(x = types.number) { // error: HPC0304 at "f"
    while (x > 1) {
      if (x === 5) return 1;
      x--;
    }
  }
  inputs.buffers.data[0] = f(1);
}
// ---- a variable of the kernel
(inputs) => {
  function f() {
    return a; // error: HPC0305 at "a"
  }
  const a = 1 + inputs.threadId.x;
  inputs.buffers.data[0] = f();
}
// ---- two of the same name
(inputs) => {
  function f() { return 1; }
  function f() { return 2; } // error: HPC0306 at "f"
  inputs.buffers.data[0] = f();
}
// ---- an async function
(inputs) => {
  async function f() { return 1; } // error: HPC0004|HPC0005 at "f"
  inputs.buffers.data[0] = 1;
}
// ---- a generator
(inputs) => {
  function* f() { return 1; } // error: HPC0004|HPC0005 at "f"
  inputs.buffers.data[0] = 1;
}
// ---- a function that takes a buffer and is never called
(inputs) => {
  function f(grid) { // error: HPC0302 at "grid"
    return grid[0];
  }
  inputs.buffers.data[0] = 1;
}
// ---- a buffer for a number
(inputs) => {
  function f(x = types.number) {
    return x + 1; // error: HPC0207 at "x"
  }
  inputs.buffers.data[0] = f(inputs.buffers.data);
}
// ---- a function that calls itself with its row
(inputs) => {
  function f(row) {
    return f(row); // error: HPC0303 at "f(row)"
  }
  inputs.buffers.data[0] = f(inputs.buffers.data);
}
