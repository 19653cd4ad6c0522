export const title = 'a kernel uses more buffers than many devices can bind, of all types, and the canvas';

export default async function ({ GPUInterface, vec2, vec3, vec4, canvas }) {
  const small = (name, type) => ({ name, size: [3], type });
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'grid', size: [8, 8] },
      { name: 'a', size: [5], initialData: [1, 2, 3, 4, 5] },
      { name: 'b', size: [5] },
      small('c', 'number'), small('d', 'vec2'), small('e', 'vec3'), small('f', 'vec4'), small('g', 'number'), small('h', 'vec2'),
      small('i', 'vec3'), small('j', 'vec4'), small('k', 'number'), small('value', 'vec3'),
      { name: 'l', size: [2, 2, 2], type: 'vec2' },
    ],
    canvas: canvas(4, 4),
  }).initialize();
  const fill = await gpu.createKernel((inputs) => {
    const t = inputs.threadId.x;
    inputs.buffers.c[t] = inputs.buffers.a[t] * 10;
    inputs.buffers.d[t] = vec2(t, inputs.buffers.a[t]);
    inputs.buffers.e[t] = vec3(t, t + 1, t + 2);
    inputs.buffers.f[t] = vec4(t, 1, 2, 3);
    inputs.buffers.g[2 - t] = inputs.buffers.a[4 - t];
    inputs.buffers.h[t].y = 7 + t;
    inputs.buffers.i[t].z = inputs.buffers.f[t].w;
    inputs.buffers.j[t].w -= t;
    inputs.buffers.k[t + 1] = 5;
    inputs.buffers.value[t] = inputs.buffers.value[t].plus(vec3(1, 2, 3));
    inputs.buffers.l[t][1][0] = vec2(t, -t);
    inputs.buffers.grid[t][7 - t] = inputs.buffers.a[t + 3];
    inputs.canvas.setPixel(t, t, vec3(255, 10 * t, 0));
  });
  fill.run(3);
  gpu.copyBuffer('a', 'b');
  gpu.copyBuffer('e', 'i');
  gpu.writeBuffer('a', [9, 8, 7, 6, 5]);
  const sum = await gpu.createKernel((inputs) => {
    const t = inputs.threadId.x;
    inputs.buffers.b[t] += inputs.buffers.a[t];
  });
  sum.run(5);
  gpu.updateCanvas();
  for (const name of ['grid', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'value', 'l']) {
    await gpu.readBuffer(name);
  }
  await gpu.readCanvas();
}
