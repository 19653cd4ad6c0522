// Arrays that cannot be made.

// ---- empty
(inputs) => {
  let list = array([]); // error: HPC0208 at "[]"
}
// ---- of two types
(inputs) => {
  let list = array([1, vec2(1, 2)]); // error: HPC0208|HPC0201 at "vec2(1, 2)"
}
// ---- of arrays of two lengths
(inputs) => {
  let list = array([array([1, 2]), array([3, 4, 5])]); // error: HPC0208 at "array([3, 4, 5])"
}
// ---- of too many rows
(inputs) => {
  let list = array(100, array(50, 0)); // error: HPC0208 at "array(100, array(50, 0))"
}
// ---- a row as a value
(inputs) => {
  let list = array(2, array(2, 0));
  inputs.buffers.data[0] = list[0] + 1; // error: HPC0207 at "list[0]"
}
// ---- a row that is assigned
(inputs) => {
  let list = array(2, array(2, 0));
  list[0] = array([1, 2]); // error: HPC0203 at "list[0]"
}
// ---- of a size that is no constant
(inputs) => {
  let list = array(inputs.threadId.x, 0); // error: HPC0208 at "inputs.threadId.x"
}
// ---- of a let size
(inputs) => {
  let size = 3;
  size++;
  let list = array(size, 0); // error: HPC0208 at "size"
}
// ---- of no elements
(inputs) => {
  let list = array(0, 1); // error: HPC0208 at "0"
}
// ---- of half an element
(inputs) => {
  let list = array(2.5, 1); // error: HPC0208 at "2.5"
}
// ---- of a negative size
(inputs) => {
  let list = array(-1, 1); // error: HPC0208 at "-1"
}
// ---- without a fill
(inputs) => {
  let list = array(3); // error: HPC0208|HPC0202 at "array(3)"
}
// ---- with a hole
(inputs) => {
  let list = array([1, , 2]); // error: HPC0208|HPC0005 at "[1, , 2]"
}
// ---- assigned from another length
(inputs) => {
  let a = array([1, 2]);
  a = array([1, 2, 3]); // error: HPC0201 at "array([1, 2, 3])"
}
// ---- stored in a buffer
(inputs) => {
  inputs.buffers.data[0] = array([1, 2]); // error: HPC0201 at "array([1, 2])"
}
// ---- passed to a function
(inputs) => {
  function f(x = types.number) {
    return x;
  }
  inputs.buffers.data[0] = f(array([1, 2])); // error: HPC0202|HPC0201 at "array([1, 2])"
}
