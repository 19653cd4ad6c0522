export const title = 'a radix sort of keys and values: count, scan and scatter, two bits a pass';

export default async function ({ GPUInterface, array, dim, vec2 }) {
  const [n, blocks] = [96, 8];
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'items', size: [n], initialData: Array.from({ length: n }, (_, i) => vec2((i * 37 + 11) % 64, i)) },
      { name: 'sorted', size: [n], type: 'vec2' },
      { name: 'counts', size: [4, blocks] },
      { name: 'offsets', size: [4, blocks] },
    ],
    uniforms: { shift: 0 },
  }).initialize();
  const count = await gpu.createKernel((inputs) => {
    const block = inputs.threadId.x;
    const length = dim(inputs.buffers.items) / dim(inputs.buffers.counts[0]);
    let counts = array(4, 0);
    for (let i = block * length; i < (block + 1) * length; i++) {
      counts[(inputs.buffers.items[i].x >> inputs.uniforms.shift) & 3]++;
    }
    for (let digit = 0; digit < 4; digit++) inputs.buffers.counts[digit][block] = counts[digit];
  });
  const scan = await gpu.createKernel((inputs) => {
    const size = dim(inputs.buffers.counts);
    let sum = 0;
    for (let digit = 0; digit < size.x; digit++) {
      for (let block = 0; block < size.y; block++) {
        inputs.buffers.offsets[digit][block] = sum;
        sum += inputs.buffers.counts[digit][block];
      }
    }
  });
  const scatter = await gpu.createKernel((inputs) => {
    const block = inputs.threadId.x;
    const length = dim(inputs.buffers.items) / dim(inputs.buffers.counts[0]);
    let next = array([
      inputs.buffers.offsets[0][block], inputs.buffers.offsets[1][block],
      inputs.buffers.offsets[2][block], inputs.buffers.offsets[3][block],
    ]);
    for (let i = block * length; i < (block + 1) * length; i++) {
      const item = inputs.buffers.items[i];
      const digit = (item.x >> inputs.uniforms.shift) & 3;
      inputs.buffers.sorted[next[digit]++] = item;
    }
  });
  for (let shift = 0; shift < 6; shift += 2) {
    gpu.setUniforms({ shift });
    count.run(blocks);
    scan.run(1);
    scatter.run(blocks);
    gpu.copyBuffer('sorted', 'items');
  }
  await gpu.readBuffer('offsets');
  await gpu.readBuffer('items');
}
