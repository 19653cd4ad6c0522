export const title = 'the connected parts of a graph by union and find, where roots are linked by compareExchange';

export default async function ({ GPUInterface, types }) {
  const n = 120;
  const edges = Array.from({ length: 90 }, (_, i) => [(i * 31) % n, (i * i * 7 + 11) % n]);
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'parent', type: 'i32', size: [n], initialData: Array.from({ length: n }, (_, i) => i) },
      { name: 'from', type: 'i32', size: [90], initialData: edges.map(([from]) => from) },
      { name: 'to', type: 'i32', size: [90], initialData: edges.map(([, to]) => to) },
    ],
  }).initialize();
  const link = await gpu.createKernel((inputs) => {
    function root(start = types.number) {
      let node = start;
      let above = Atomics.load(inputs.buffers.parent, node);
      while (above !== node) {
        node = above;
        above = Atomics.load(inputs.buffers.parent, node);
      }
      return node;
    }
    let a = root(inputs.buffers.from[inputs.threadId.x]);
    let b = root(inputs.buffers.to[inputs.threadId.x]);
    while (a !== b) {
      // The larger root goes below the smaller, unless another thread has moved it.
      const high = Math.max(a, b);
      const low = Math.min(a, b);
      const was = Atomics.compareExchange(inputs.buffers.parent, high, high, low);
      if (was === high) break;
      a = root(was);
      b = root(low);
    }
  });
  const flatten = await gpu.createKernel((inputs) => {
    const { parent } = inputs.buffers;
    let node = inputs.threadId.x;
    while (Atomics.load(parent, node) !== node) node = Atomics.load(parent, node);
    Atomics.store(parent, inputs.threadId.x, node);
  });
  link.run(90);
  flatten.run(n);
  // The root of a part is its smallest node, in whatever order edges were linked.
  await gpu.readBuffer('parent', 'exact');
}
