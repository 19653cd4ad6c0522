export const title = 'variables that loops add to or multiply stay exact, with uniforms, halves and quotients among what is added';

// What each variable starts with, what the loop does, and what follows.
const PROGRAMS = [
  ['w', 'v *= 1', ''],
  ['3', 'v += q', 'v = w;'],
  ['1', 'v -= w + 1', ''],
  ['1', 'v -= i', 'v -= w;'],
  ['4294967296 - u', 'v *= 1', ''],
  ['b', 'v *= 0.5', ''],
  ['a - 0.5', 'v += q + 4294967293', ''],
  ['1 / 1', 'v -= a', ''],
  ['1 / u', 'v -= i', ''],
];

export default async function ({ GPUInterface }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'a', size: [4], initialData: Int32Array.of(0, -1, 2147483647, -2147483648) },
      { name: 'b', size: [4], initialData: Uint32Array.of(1, 16777217, 4294967295, 7) },
      { name: 'whole', type: 'u32', size: [4] },
      { name: 'all', type: 'f64', size: [4] },
    ],
    uniforms: { u: 3, w: 16777217 },
  }).initialize();
  for (const [start, step, end] of PROGRAMS) {
    const kernel = await gpu.createKernel(new Function('inputs', `
  const i = inputs.threadId.x;
  const a = inputs.buffers.a[i];
  const b = inputs.buffers.b[i];
  const u = inputs.uniforms.u;
  const w = inputs.uniforms.w;
  let v = ${start};
  for (let q = 0; q < 5; q++) ${step};
  ${end}
  inputs.buffers.whole[i] = v;
  inputs.buffers.all[i] = v;
`));
    kernel.run(4);
    await gpu.readBuffer('whole', 'exact');
    await gpu.readBuffer('all', 'bits');
  }
}
