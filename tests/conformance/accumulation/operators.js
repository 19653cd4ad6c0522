export const title = 'each operator that accumulates, on each type of element, in elements that many threads share';

const TYPES = ['i32', 'u32', 'i16', 'u16', 'i8', 'u8', 'number', 'f16', 'f64'];

export default async function ({ GPUInterface }) {
  for (const type of TYPES) {
    const buffers = ['added', 'taken', 'up', 'down', 'least', 'greatest', 'product'].map((name) => ({
      name, type, size: [5], initialData: [1, 2, 3, 4, 5],
    }));
    // Below zero an unsigned element wraps to a large number, and then the least one depends on the order of the threads.
    const lowest = type.startsWith('u') ? 0 : -20;
    const gpu = await new GPUInterface({ buffers }).initialize();
    const kernel = await gpu.createKernel((inputs) => {
      const b = inputs.buffers;
      const i = inputs.threadId.x;
      const k = (i * 7) % 5;
      b.added[k] += i % 3;
      b.taken[k] -= i % 4;
      b.up[k]++;
      --b.down[k];
      b.least[k] = Math.min(b.least[k], i + lowest);
      b.greatest[k] = Math.max(i * 2, b.greatest[k]);
      b.product[k] *= i % 2 === 0 ? 1 : -1;
    }, { constants: { lowest } });
    kernel.run(60);
    for (const { name } of buffers) {
      await gpu.readBuffer(name, 'exact');
    }
  }
}
