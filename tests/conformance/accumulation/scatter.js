export const title = 'scatter of floats to cells, of sums that are exact in singles, halves and doubles in any order';

export default async function ({ GPUInterface }) {
  const n = 2000;
  const cells = Array.from({ length: n }, (_, i) => (i * i * 17 + 3) % 61);
  const values = Array.from({ length: n }, (_, i) => ((i * 29) % 64) / 16 - 2);
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'cell', type: 'i32', size: [n], initialData: cells },
      { name: 'value', size: [n], initialData: values },
      { name: 'sum', size: [61] },
      { name: 'wide', type: 'f64', size: [61] },
      { name: 'half', type: 'f16', size: [61] },
    ],
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    const b = inputs.buffers;
    const i = inputs.threadId.x;
    const c = b.cell[i];
    b.sum[c] += b.value[i];
    b.wide[c] += b.value[i];
    b.half[c] += b.value[i] * 4;
  });
  kernel.run(n);
  for (const name of ['sum', 'wide', 'half']) {
    await gpu.readBuffer(name, 'exact');
  }
}
