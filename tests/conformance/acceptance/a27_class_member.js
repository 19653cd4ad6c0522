export const title = 'A27: the interface as a member of a class; nothing works before initialize';

export default async function ({ GPUInterface, fails }) {
  class Simulation {
    constructor() {
      this.gpu = new GPUInterface({ buffers: [{ name: 'data', size: [3], initialData: [1, 2, 3] }] });
    }

    async start() {
      const gpu = this.gpu;
      await fails(() => gpu.createKernel((inputs) => {}));
      await fails(() => gpu.readBuffer('data'));
      await fails(() => gpu.writeBuffer('data', [4, 5, 6]));
      await fails(() => gpu.copyBuffer('data', 'data'));
      await fails(() => gpu.setUniforms({}));
      await fails(() => gpu.updateCanvas());
      if ((await gpu.initialize()) !== gpu || !gpu.isInitialized) {
        throw new Error('initialize resolves to the interface');
      }
      this.kernel = await gpu.createKernel((inputs) => {
        inputs.buffers.data[inputs.threadId.x] += 10;
      });
    }
  }
  const simulation = new Simulation();
  await simulation.start();
  simulation.kernel.run(3);
  await simulation.gpu.readBuffer('data');
  const same = await simulation.gpu.initialize();
  await same.readBuffer('data');
}
