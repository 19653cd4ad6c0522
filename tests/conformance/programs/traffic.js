export const title = 'a jam out of nothing by Nagel and Schreckenberg, as a picture of road and time';

export default async function ({ GPUInterface, canvas, dim, types, vec3 }) {
  const [cells, steps] = [48, 30];
  // −1 is an empty cell, anything else the speed of a car.
  const start = Array.from({ length: cells }, (_, i) => (i % 3 === 0 ? (i * 7) % 4 : -1));
  const gpu = await new GPUInterface({
    buffers: [{ name: 'road', size: [cells], initialData: start }, { name: 'next', size: [cells] }, { name: 'flow', size: [steps] }],
    uniforms: { time: 0, limit: 5, dawdling: 0.25 },
    canvas: canvas(cells, steps),
  }).initialize();
  const clear = await gpu.createKernel((inputs) => {
    inputs.buffers.next[inputs.threadId.x] = -1;
  });
  const drive = await gpu.createKernel((inputs) => {
    function dice(cell = types.number, time = types.number) {
      let h = Math.imul(cell * 1973 + time * 9277 + 26699, 0x45d9f3b);
      h = Math.imul(h ^ (h >>> 16), 0x45d9f3b);
      return ((h >>> 16) & 0xffff) / 65536;
    }
    const cell = inputs.threadId.x;
    const cells = dim(inputs.buffers.road);
    let speed = inputs.buffers.road[cell];
    if (speed < 0) return;
    speed = Math.min(speed + 1, inputs.uniforms.limit);
    for (let gap = 1; gap <= speed; gap++) {
      if (inputs.buffers.road[(cell + gap) % cells] >= 0) {
        speed = gap - 1;
        break;
      }
    }
    if (speed > 0 && dice(cell, inputs.uniforms.time) < inputs.uniforms.dawdling) speed--;
    inputs.buffers.next[(cell + speed) % cells] = speed;
  });
  const show = await gpu.createKernel((inputs) => {
    const speed = inputs.buffers.road[inputs.threadId.x];
    if (speed >= 0) inputs.canvas.setPixel(inputs.threadId.x, inputs.uniforms.time, vec3(255 - 50 * speed, 50 * speed, 0));
  });
  const measure = await gpu.createKernel((inputs) => {
    let flow = 0;
    for (let cell = 0; cell < dim(inputs.buffers.road); cell++) flow += Math.max(0, inputs.buffers.road[cell]);
    inputs.buffers.flow[inputs.uniforms.time] = flow;
  });
  for (let time = 0; time < steps; time++) {
    gpu.setUniforms({ time });
    clear.run(cells);
    drive.run(cells);
    gpu.copyBuffer('next', 'road');
    show.run(cells);
    measure.run(1);
  }
  gpu.updateCanvas();
  await gpu.readBuffer('flow');
  await gpu.readBuffer('road');
  await gpu.readCanvas();
}
