// Names of one's own.

// ---- a reserved variable
(inputs) => {
  let hpc__x = 1; // error: HPC0103 at "hpc__x"
}
// ---- a reserved function
(inputs) => {
  function hpc__f() { // error: HPC0103 at "hpc__f"
    return 1;
  }
  inputs.buffers.data[0] = hpc__f();
}
// ---- a reserved parameter
(inputs) => {
  function f(hpc__p = types.number) { // error: HPC0103 at "hpc__p"
    return hpc__p;
  }
  inputs.buffers.data[0] = f(1);
}
// ---- a reserved name of the inputs
(hpc__inputs) => { // error: HPC0103 at "hpc__inputs"
  hpc__inputs.buffers.data[0] = 1;
}
// ---- let twice
(inputs) => {
  let a = 1;
  let a = 2; // error: HPC0104|HPC0001 at "a"
}
// ---- let after var
(inputs) => {
  var a = 1;
  let a = 2; // error: HPC0104|HPC0001 at "a"
}
// ---- used before its declaration
(inputs) => {
  inputs.buffers.data[0] = a; // error: HPC0106 at "a"
  let a = 1;
}
// ---- an inner variable used outside
(inputs) => {
  {
    let inner = 1;
  }
  inputs.buffers.data[0] = inner; // error: HPC0101 at "inner"
}
// ---- a loop variable used after the loop
(inputs) => {
  for (let i = 0; i < 3; i++);
  inputs.buffers.data[0] = i; // error: HPC0101 at "i"
}
// ---- a variable of another case
(inputs) => {
  switch (inputs.threadId.x) {
    case 0:
      let x = 1;
      break;
    case 1:
      x = 2; // error: HPC0106 at "x"
  }
}
