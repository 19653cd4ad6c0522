export const title = 'functions read ids, buffers, uniforms, the canvas size and usingCpu, and write buffers and pixels';

export default async function ({ GPUInterface, canvas, types, vec2 }) {
  const surface = canvas(4, 2);
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'data', size: [4], initialData: [1, 2, 3, 4] },
      { name: 'out', size: [4] },
    ],
    uniforms: { factor: 10, shift: vec2(1, 2) },
    canvas: surface,
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    function id() {
      return inputs.threadId.x;
    }
    function read() {
      return inputs.buffers.data[id()] * inputs.uniforms.factor + inputs.uniforms.shift.y;
    }
    function paint(v = types.number) {
      inputs.canvas.setPixel(id(), 1, v, inputs.canvas.size.x, inputs.canvas.size.y);
    }
    function store(v = types.number) {
      inputs.buffers.out[id()] = v + (inputs.usingCpu === !inputs.usingCpu ? 1000 : 0);
      inputs.buffers.data[id()] += 0.5;
    }
    store(read());
    paint(read());
  });
  kernel.run(4);
  await gpu.readBuffer('out');
  await gpu.readBuffer('data');
  gpu.updateCanvas();
  await gpu.readCanvas();
}
