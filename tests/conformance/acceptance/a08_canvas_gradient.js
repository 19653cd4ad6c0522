export const title = 'A8: the gradient of the updateCanvas page, by all four overloads';

export default async function ({ GPUInterface, canvas, vec2, vec3 }) {
  const expected = [];
  for (const green of [0, 63, 127, 191]) {
    for (const red of [0, 31, 63, 95, 127, 159, 191, 223]) {
      expected.push(red, green, 0, 255);
    }
  }
  const kernels = [
    (inputs) => {
      const r = (inputs.threadId.x / inputs.canvas.size.x) * 255;
      const g = (inputs.threadId.y / inputs.canvas.size.y) * 255;
      inputs.canvas.setPixel(inputs.threadId.x, inputs.threadId.y, r, g, 0);
    },
    (inputs) => {
      const color = inputs.threadId.xy.div(inputs.canvas.size).times(255);
      inputs.canvas.setPixel(inputs.threadId.xy, color.x, color.y, 0);
    },
    (inputs) => {
      const color = inputs.threadId.xy.div(inputs.canvas.size).times(255);
      inputs.canvas.setPixel(inputs.threadId.x, inputs.threadId.y, vec3(color.x, color.y, 0));
    },
    (inputs) => {
      const color = inputs.threadId.xy.div(inputs.canvas.size).times(255);
      inputs.canvas.setPixel(vec2(inputs.threadId.x, inputs.threadId.y), vec3(color, 0));
    },
  ];
  for (const kernel of kernels) {
    const gpu = await new GPUInterface({ canvas: canvas(8, 4) }).initialize();
    (await gpu.createKernel(kernel)).run(8, 4);
    gpu.updateCanvas();
    await gpu.expectCanvas(expected);
  }
}
