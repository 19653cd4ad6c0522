export const title = 'what is put into a vector of integers is converted; what is read is a number';

export default async function ({ GPUInterface, vec2, vec3, vec2i, vec3i, vec4i, vec2u, vec3u, vec4u }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'x', size: [8], initialData: [0.75, -0.75, 2147483648, -2147483904, 4294967296, 1e10, NaN, -Infinity] },
      { name: 'signed', type: 'vec2i', size: [8, 2] },
      { name: 'unsigned', type: 'vec3u', size: [8, 2] },
      { name: 'numbers', type: 'f64', size: [8, 5] },
      { name: 'floats', type: 'vec2', size: [8] },
    ],
    uniforms: { origin: vec2i(-5, 2147483647), mask: vec4u(4294967295, 65535, 255, 2147483648) },
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    const x = inputs.buffers.x[i];
    inputs.buffers.signed[i][0] = vec2i(x, x * 4);
    let v = vec2i(x);
    v.y = i * 1.5 - 4;
    v.x += 1;
    inputs.buffers.signed[i][1] = v.plus(inputs.uniforms.origin);
    inputs.buffers.unsigned[i][0] = vec3u(v, x);
    let u = vec3u(i, 4294967295, i - 2);
    u.y++;
    u.z *= 2;
    inputs.buffers.unsigned[i][1] = u;
    const w = vec2u(vec2(x, 2.5).floor());
    inputs.buffers.numbers[i][0] = v.x * 2 + 1;
    inputs.buffers.numbers[i][1] = u.z + 1;
    inputs.buffers.numbers[i][2] = w.x;
    inputs.buffers.numbers[i][3] = inputs.uniforms.origin.y + 1;
    inputs.buffers.numbers[i][4] = inputs.uniforms.mask.w - inputs.uniforms.mask.x - i;
    inputs.buffers.floats[i] = vec2(vec2i(i - 3, 3 * i)).times(0.5);
  });
  kernel.run(8);
  await gpu.readBuffer('signed', 'exact');
  await gpu.readBuffer('unsigned', 'exact');
  await gpu.readBuffer('numbers', 'bits');
  await gpu.readBuffer('floats', 'exact');
}
