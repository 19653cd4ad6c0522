export const title = 'operators between integers of buffers and literals at the edges of 32 and 53 bits';

const LITERALS = ['2147483647', '-2147483648', '4294967296', '7'];

export default async function ({ GPUInterface }) {
  const x = Int32Array.of(0, 1, -1, 3, 65535, -65537, 16777217, 2147483647, -2147483648);
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'x', size: [x.length], initialData: x },
      { name: 'out', type: 'f64', size: [x.length, 6] },
    ],
  }).initialize();
  for (const literal of LITERALS) {
    const kernel = await gpu.createKernel(new Function('inputs', `
  const i = inputs.threadId.x;
  const x = inputs.buffers.x[i];
  inputs.buffers.out[i][0] = x + ${literal};
  inputs.buffers.out[i][1] = x * ${literal};
  inputs.buffers.out[i][2] = x % ${literal};
  inputs.buffers.out[i][3] = (x ^ ${literal}) & ${literal};
  inputs.buffers.out[i][4] = x < ${literal} ? 1 : x === ${literal} ? 2 : 3;
  inputs.buffers.out[i][5] = Math.floor(x / ${literal});
`));
    kernel.run(x.length);
    await gpu.readBuffer('out', 'bits');
  }
}
