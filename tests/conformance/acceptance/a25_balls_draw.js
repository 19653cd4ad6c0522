export const title = 'A25: a ball of radius 10 paints 305 pixels; without clearing, old discs remain';

export default async function ({ GPUInterface, canvas, vec2, vec3 }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'positions', size: [2], initialData: [vec2(20.5, 30.25), vec2(70, 60)] },
      { name: 'colors', size: [2], initialData: [vec3(200, 100, 50), vec3(1, 2, 3)] },
    ],
    uniforms: { radius: 10 },
    canvas: canvas(100, 90),
  }).initialize();
  const clear = await gpu.createKernel((inputs) => {
    inputs.canvas.setPixel(inputs.threadId.xy, vec3(32, 32, 32));
  });
  const draw = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    const r = inputs.uniforms.radius;
    for (let dx = -r; dx <= r; dx++) {
      for (let dy = -r; dy <= r; dy++) {
        if (dx ** 2 + dy ** 2 < r ** 2) {
          inputs.canvas.setPixel(inputs.buffers.positions[i].plus(vec2(dx, dy)), inputs.buffers.colors[i]);
        }
      }
    }
  });
  clear.run(100, 90);
  draw.run(2);
  gpu.updateCanvas();
  await gpu.readCanvas('exact');
  gpu.writeBuffer('positions', [vec2(50, 10), vec2(98, 5)]);
  draw.run(2);
  gpu.updateCanvas();
  await gpu.readCanvas('exact');
}
