export const title = 'elements that belong to one thread in some runs and to several in others';

export default async function ({ GPUInterface }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'flat', type: 'f64', size: [48] },
      { name: 'grid', size: [6, 8] },
      { name: 'pairs', type: 'i32', size: [96] },
      { name: 'columns', type: 'i32', size: [8] },
      { name: 'once', type: 'i32', size: [1] },
    ],
    uniforms: { width: 8 },
  }).initialize();
  const flat = await gpu.createKernel((inputs) => {
    inputs.buffers.flat[inputs.threadId.y * inputs.uniforms.width + inputs.threadId.x] += 1;
  });
  const grid = await gpu.createKernel((inputs) => {
    inputs.buffers.grid[inputs.threadId.x][inputs.threadId.y] += 1;
  });
  const pairs = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x * 2;
    inputs.buffers.pairs[i] += 1;
    inputs.buffers.pairs[i + 1] += 2;
  });
  const overlapping = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    inputs.buffers.pairs[i] += 1;
    inputs.buffers.pairs[i + 1] += 2;
  });
  const columns = await gpu.createKernel((inputs) => {
    inputs.buffers.columns[inputs.threadId.x] += inputs.threadId.y;
  });
  const once = await gpu.createKernel((inputs) => {
    for (let i = 0; i < 10; i++) inputs.buffers.once[0] += i;
  });
  flat.run(8, 6);
  // Rows overlap now.
  gpu.setUniforms({ width: 3 });
  flat.run(8, 6);
  gpu.setUniforms({ width: 2.5 });
  flat.run(8, 6);
  gpu.setUniforms({ width: -1 });
  flat.run(8, 6);
  await gpu.readBuffer('flat', 'exact');
  grid.run(6, 8);
  grid.run(6, 8, 4);
  await gpu.readBuffer('grid', 'exact');
  pairs.run(48);
  pairs.run(48, 3);
  overlapping.run(90);
  await gpu.readBuffer('pairs', 'exact');
  columns.run(8, 7);
  await gpu.readBuffer('columns', 'exact');
  once.run(1);
  once.run(5, 5, 5);
  await gpu.readBuffer('once', 'exact');
}
