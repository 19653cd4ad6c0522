// Programs whose buffers come and go, for Node and for pages: each is a function that stands for itself, and gives what it has seen.

/** Sizes change in the order of the queue, and kernels that are there already see them. */
export async function resize(backend) {
  const { GPUInterface } = await import('hpc.js');
  const spec = { buffers: [{ name: 'a', size: [4], resizable: true }], options: { backend, onReport() {} } };
  const gpu = await new GPUInterface(spec).initialize();
  const count = await gpu.createKernel((inputs) => {
    const { a } = inputs.buffers;
    const i = inputs.threadId.x;
    if (i < dim(a)) {
      a[i] = a.length * 1000 + i;
    }
  });
  const reads = [];
  for (const size of [4, 9, 1, 100, 3]) {
    gpu.resizeBuffer('a', [size]);
    count.run(120);
    reads.push(gpu.readBuffer('a'));
  }
  gpu.resizeBuffer('a', [5]);
  const seen = (await Promise.all([...reads, gpu.readBuffer('a')])).map((read) => [...read]);
  gpu.destroy();
  return seen;
}

/** What both sizes have is kept, of every rank and of elements of several sizes. */
export async function keep(backend) {
  const { GPUInterface } = await import('hpc.js');
  const seen = [];
  for (const [from, to] of [[[5], [3]], [[2, 3], [3, 2]], [[2, 3], [4, 3]], [[2, 2, 3], [3, 1, 5]], [[1, 2, 2], [2, 3, 2]]]) {
    for (const [type, slots] of [['number', 1], ['u8', 1], ['i16', 1], ['vec2', 2], ['f64', 1]]) {
      const count = from.reduce((product, extent) => product * extent, 1);
      const data = { number: Float32Array, u8: Uint8Array, i16: Int16Array, vec2: Float32Array, f64: Float64Array }[type];
      const initialData = data.from({ length: count * slots }, (_, place) => place + 1);
      const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: from, type, initialData, resizable: true }], options: { backend } }).initialize();
      gpu.resizeBuffer('a', to);
      seen.push([type, from, to, [...(await gpu.readBuffer('a'))]]);
      gpu.destroy();
    }
  }
  return seen;
}

/** Buffers come and go, and kernels find those of their names. */
export async function comeAndGo(backend) {
  const { GPUInterface, vec2 } = await import('hpc.js');
  const first = await new GPUInterface({ buffers: [{ name: 'fixed', size: [2], initialData: [5, 6] }], options: { backend, onReport() {} } }).initialize();
  const gpu = first
    .createBuffer({ name: 'a', size: [2, 3], initialData: [[1, 1, 1], [1, 1, 1]] })
    .createBuffer({ name: 'b', size: [4], type: 'i32' })
    .createBuffer({ name: 'things', size: [2], initialData: [{ at: vec2(1, 2), n: 1 }, { at: vec2(3, 4), n: 2 }] });
  const kernel = await gpu.createKernel((inputs) => {
    const { a, b, fixed, things } = inputs.buffers;
    const i = inputs.threadId.x;
    b[i] = dim(a).x * 100 + dim(a).y * 10 + fixed[1];
    a[i][2] += fixed[0];
    things[i].at.x += things.length;
  });
  kernel.run(2);
  const before = ['a', 'b', 'things.at'].map((name) => gpu.readBuffer(name));
  gpu.resizeBuffer('things', [3]);
  kernel.run(1);
  const objects = gpu.readBuffer('things', { objects: true });
  gpu.destroyBuffer('a');
  gpu.destroyBuffer('things');
  const messages = [];
  const refused = async (call) => {
    try {
      await call();
    } catch (error) {
      messages.push(error.message.replace(/ \(in thread .*/, ''));
    }
  };
  await refused(() => kernel.run(1));
  await refused(() => gpu.readBuffer('a'));
  gpu.createBuffer({ name: 'a', size: [1, 4], initialData: [[1, 2, 3, 4]] });
  await refused(() => kernel.run(1));
  gpu.createBuffer({ name: 'things', size: [1], type: { at: 'vec2', n: 'number' } });
  kernel.run(1);
  const after = await gpu.readBuffer('a');
  const seen = {
    before: (await Promise.all(before)).map((read) => [...read]),
    objects: (await objects).map(({ at, n }) => [at.x, at.y, n]),
    after: [...after],
    messages,
  };
  gpu.destroy();
  return seen;
}

/** Parts are written and copied. */
export async function parts(backend) {
  const { GPUInterface, vec2 } = await import('hpc.js');
  const buffers = [
    { name: 'a', size: [2, 4] }, { name: 'b', size: [3] }, { name: 'c', size: [6], type: 'u8' },
    { name: 'v', size: [4], type: 'vec2' }, { name: 'things', size: [4], type: { at: 'vec2', n: 'i32' } },
  ];
  const gpu = await new GPUInterface({ buffers, options: { backend } }).initialize();
  gpu.writeBuffer('a', [1, 2, 3], { start: 2 });
  gpu.copyBuffer('a', 'b', { start: 3, end: 5, to: 1 });
  gpu.writeBuffer('c', Uint8Array.of(7, 8), { start: 4 });
  gpu.writeBuffer('v', [vec2(1, 2)], { start: 1 });
  gpu.writeBuffer('v', Float32Array.of(3, 4), { start: 3 });
  gpu.writeBuffer('things', [{ at: vec2(1, 2), n: 3 }], { start: 2 });
  gpu.writeBuffer('things.n', [9], { start: 0 });
  const list = gpu.record(() => {
    gpu.writeBuffer('a', [7], { start: 7 });
    gpu.copyBuffer('a', 'b', { start: 7 });
  });
  list.replay();
  const seen = await Promise.all(['a', 'b', 'c', 'v', 'things.at', 'things.n'].map((name) => gpu.readBuffer(name)));
  gpu.destroy();
  return seen.map((read) => [...read]);
}

/** A thousand sizes, each of which holds what the one before it held. */
export async function thousand(backend) {
  const { GPUInterface } = await import('hpc.js');
  const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [1], initialData: [42], resizable: true }], options: { backend } }).initialize();
  for (let round = 0; round < 1000; round++) {
    gpu.resizeBuffer('a', [2 ** 16 + round * 64]);
    if (round % 50 === 49) {
      await gpu.onSubmittedWorkDone();
    }
  }
  const [first, second] = await gpu.readBuffer('a', { start: 0, end: 2 });
  gpu.destroy();
  return [first, second];
}
