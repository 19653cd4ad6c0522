// rank 1
// A component of a vector of integers in a buffer takes any number.
inputs => {
  inputs.buffers.cells[inputs.threadId.x].x = inputs.threadId.x / 2;
}
