// Functions that break the rules.

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
// ---- a variable before its declaration
(inputs) => {
  function f() {
    return a; // error: HPC0106 at "a"
  }
  inputs.buffers.data[0] = f();
  const a = 1 + inputs.threadId.x;
}
// ---- a variable of another function
(inputs) => {
  const f = () => {
    const hidden = 1;
    return hidden;
  };
  inputs.buffers.data[0] = f() + hidden; // error: HPC0101 at "hidden"
}
// ---- a function in place of a number
(inputs) => {
  const f = (x) => x * 2;
  inputs.buffers.data[0] = f; // error: HPC0207 at "f"
}
// ---- an arrow function that calls itself
(inputs) => {
  const f = (x) => (x > 0 ? f(x - 1) : 0); // error: HPC0303 at "f(x - 1)"
  inputs.buffers.data[0] = f(3);
}
// ---- an async arrow function
(inputs) => {
  const f = async (x) => x; // error: HPC0004 at "f"
  inputs.buffers.data[0] = 1;
}
// ---- a parameter that nothing is passed for
(inputs) => {
  const f = (x) => 2; // error: HPC0302 at "x"
  inputs.buffers.data[0] = f();
}
// ---- more arguments than parameters
(inputs) => {
  const f = (x) => x;
  inputs.buffers.data[0] = f(1, 2); // error: HPC0202 at "f(1, 2)"
}
