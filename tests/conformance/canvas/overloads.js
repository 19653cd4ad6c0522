export const title = 'the four ways to call setPixel paint the same picture';

export default async function ({ GPUInterface, canvas, vec2, vec3 }) {
  const kernels = [
    (inputs) => {
      const x = inputs.threadId.x;
      const y = inputs.threadId.y;
      inputs.canvas.setPixel(x, y, x * 10, y * 20, 7);
    },
    (inputs) => {
      const p = inputs.threadId.xy;
      inputs.canvas.setPixel(p, p.x * 10, p.y * 20, 7);
    },
    (inputs) => {
      const x = inputs.threadId.x;
      const y = inputs.threadId.y;
      inputs.canvas.setPixel(x, y, vec3(x * 10, y * 20, 7));
    },
    (inputs) => {
      inputs.canvas.setPixel(vec2(inputs.threadId.x, inputs.threadId.y), vec3(inputs.threadId.x * 10, inputs.threadId.y * 20, 7));
    },
  ];
  for (const kernel of kernels) {
    const gpu = await new GPUInterface({ canvas: canvas(8, 4) }).initialize();
    (await gpu.createKernel(kernel)).run(8, 4);
    gpu.updateCanvas();
    await gpu.readCanvas();
  }
}
