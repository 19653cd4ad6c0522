// Indices that do not fit.

// ---- too few
(inputs) => {
  inputs.buffers.data[0] = inputs.buffers.grid[0]; // error: HPC0206 at "inputs.buffers.grid[0]"
}
// ---- too many
(inputs) => {
  inputs.buffers.data[0] = inputs.buffers.data[0][1]; // error: HPC0206 at "inputs.buffers.data[0][1]"
}
// ---- none
(inputs) => {
  inputs.buffers.data[0] = inputs.buffers.data; // error: HPC0207|HPC0206 at "inputs.buffers.data"
}
// ---- a vector with too many components
(inputs) => {
  inputs.buffers.data[0] = inputs.buffers.grid[vec3(0, 1, 2)]; // error: HPC0206 at "vec3(0, 1, 2)"
}
// ---- a vector after an index
(inputs) => {
  inputs.buffers.data[0] = inputs.buffers.grid[0][vec2(0, 1)]; // error: HPC0206 at "vec2(0, 1)"
}
// ---- a boolean
(inputs) => {
  inputs.buffers.data[true] = 1; // error: HPC0206 at "true"
}
// ---- a vector on an array
(inputs) => {
  let list = array([1, 2]);
  inputs.buffers.data[0] = list[vec2(0, 1)]; // error: HPC0206 at "vec2(0, 1)"
}
// ---- two on an array
(inputs) => {
  let list = array([1, 2]);
  inputs.buffers.data[0] = list[0][1]; // error: HPC0206 at "list[0][1]"
}
// ---- by a vector on a vector
(inputs) => {
  let v = vec2(1, 2);
  inputs.buffers.data[0] = v[v]; // error: HPC0206 at "v"
}
// ---- a buffer chosen by a variable
(inputs) => {
  let name = 1;
  inputs.buffers[name][0] = 1; // error: HPC0206|HPC0005|HPC0105 at "name"
}
// ---- dim of a number
(inputs) => {
  inputs.buffers.data[0] = dim(5); // error: HPC0202|HPC0207|HPC0201 at "5"
}
// ---- dim of an element
(inputs) => {
  inputs.buffers.data[0] = dim(inputs.buffers.data[0]); // error: HPC0202|HPC0206|HPC0201 at "inputs.buffers.data[0]"
}
