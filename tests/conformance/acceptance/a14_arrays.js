export const title = 'A14: the arrays page';

export default async function ({ GPUInterface, array, dim, vec3, types }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'color', size: [3], type: 'vec3' },
      { name: 'squares', size: [10] },
      { name: 'length', size: [1] },
      { name: 'changed', size: [3] },
      { name: 'filled', size: [3] },
      { name: 'cell', size: [1] },
    ],
  }).initialize();
  const colors = await gpu.createKernel((inputs) => {
    const colors = array([vec3(255, 0, 0), vec3(0, 255, 0), vec3(0, 0, 255)]);
    inputs.buffers.color[inputs.threadId.x] = colors[2 - inputs.threadId.x];
  });
  const squares = await gpu.createKernel((inputs) => {
    let squares = array(10, 0);
    for (let i = 0; i < 10; i++) {
      squares[i] = i ** 2;
    }
    inputs.buffers.squares[inputs.threadId.x] = squares[inputs.threadId.x];
  });
  const length = await gpu.createKernel((inputs) => {
    const eight = array([vec3(1), vec3(2), vec3(3), vec3(4), vec3(5), vec3(6), vec3(7), vec3(8)]);
    const length = dim(eight);
    inputs.buffers.length[0] = length + vec3(0, 3, 4).length();
  });
  const changed = await gpu.createKernel((inputs) => {
    let list = array([1, 2, 4]);
    list[2] = 3;
    inputs.buffers.changed[inputs.threadId.x] = list[inputs.threadId.x];
  });
  const filled = await gpu.createKernel((inputs) => {
    function f() {
      inputs.buffers.cell[inputs.threadId.x] += 1;
      return inputs.buffers.cell[inputs.threadId.x];
    }
    const list = array(3, f());
    for (let i = 0; i < 3; i++) inputs.buffers.filled[i] = list[i];
  });
  colors.run(3);
  squares.run(10);
  length.run(1);
  changed.run(3);
  filled.run(1);
  for (const name of ['color', 'squares', 'length', 'changed', 'filled', 'cell']) {
    await gpu.readBuffer(name);
  }
  await gpu.rejects((inputs) => {
    const list = array([1, 2, 4]);
    list[2] = 3;
    inputs.buffers.changed[0] = list[0];
  }, 'HPC0203');
}
