export const title = 'a kernel over eight buffers of every type';

export default async function ({ GPUInterface, vec2, vec3, vec4 }) {
  const buffers = ['a', 'b', 'c', 'd'].map((name, k) => ({ name, size: [2], initialData: [k + 1, 10 * (k + 1)] }));
  const gpu = await new GPUInterface({
    buffers: [
      ...buffers,
      { name: 'e', size: [2], type: 'vec2' },
      { name: 'f', size: [2], type: 'vec3' },
      { name: 'g', size: [2], type: 'vec4' },
      { name: 'h', size: [2] },
    ],
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    inputs.buffers.e[i] = vec2(inputs.buffers.a[i], inputs.buffers.b[i]);
    inputs.buffers.f[i] = vec3(inputs.buffers.c[i], inputs.buffers.d[i], i);
    inputs.buffers.g[i] = vec4(inputs.buffers.e[i], inputs.buffers.f[i].xy);
    inputs.buffers.h[i] = inputs.buffers.g[i].dot(vec4(1, 2, 3, 4));
  });
  kernel.run(2);
  for (const name of ['a', 'e', 'f', 'g', 'h']) {
    await gpu.readBuffer(name);
  }
}
