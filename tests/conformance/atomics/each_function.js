export const title = 'each function of Atomics on each type of integers, with its result, its conversions and indices outside';

export default async function ({ GPUInterface }) {
  for (const type of ['i32', 'u32', 'i16', 'u16', 'i8', 'u8']) {
    const gpu = await new GPUInterface({
      buffers: [
        { name: 'b', type, size: [12], initialData: [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16] },
        { name: 'out', type: 'f64', size: [2, 20] },
      ],
      uniforms: { x: 3.7 },
    }).initialize();
    const kernel = await gpu.createKernel((inputs) => {
      const b = inputs.buffers.b;
      const out = inputs.buffers.out[inputs.threadId.x];
      const x = inputs.uniforms.x;
      // One thread at a time, so that results are those of its own order.
      const at = inputs.threadId.x * 6;
      out[0] = Atomics.add(b, at, 250);
      out[1] = Atomics.add(b, at, x);
      out[2] = Atomics.sub(b, at, -x);
      out[3] = Atomics.and(b, at + 1, 3);
      out[4] = Atomics.or(b, at + 1, 128);
      out[5] = Atomics.xor(b, at + 1, -1);
      out[6] = Atomics.exchange(b, at + 2, -2);
      out[7] = Atomics.exchange(b, at + 2, 70000.9);
      out[8] = Atomics.compareExchange(b, at + 3, b[at + 3], 4294967295);
      out[9] = Atomics.compareExchange(b, at + 3, 4294967295, 1);
      out[10] = Atomics.compareExchange(b, at + 3, 99, 2);
      out[11] = Atomics.load(b, at + 3);
      out[12] = Atomics.store(b, at + 4, 1000.5);
      out[13] = Atomics.store(b, at + 4, -x);
      out[14] = Atomics.load(b, at + 4);
      out[15] = Atomics.add(b, 100, 1);
      out[16] = Atomics.load(b, -1);
      out[17] = Atomics.store(b, 12, 6.5);
      out[18] = Atomics.compareExchange(b, 12, 0, 5);
      Atomics.add(b, at + 5, Infinity);
      Atomics.sub(b, at + 5, 1e10);
      out[19] = Atomics.add(b, at + 5, NaN) + 1;
    });
    kernel.run(2);
    await gpu.readBuffer('b', 'exact');
    await gpu.readBuffer('out', 'exact');
  }
}
