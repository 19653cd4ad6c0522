export const title = 'A18: the good usage example of the features page';

export default async function ({ GPUInterface, types }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'data1', size: [6], initialData: [1.1, 0.4, -1.3, 5.3, 2.7, -0.9] },
      { name: 'data2', size: [6], initialData: [0.5, -0.5, 1.25, -5.5, 0.9, 0.3] },
      { name: 'output', size: [6] },
    ],
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    function getIndex() {
      return inputs.threadId.x;
    }
    function fmod(a = types.number, b = types.number) {
      return a - b * Math.floor(a / b);
    }
    const index = getIndex();
    const n1 = inputs.buffers.data1[index];
    const n2 = inputs.buffers.data2[index];
    let result;
    if (n2 > 0) {
      result = Math.floor(n1 * Math.exp(n2));
    } else {
      result = 0;
      for (let i = 0; i < 5; i++) {
        result += fmod(Math.atan(n1), n2 + i);
      }
    }
    inputs.buffers.output[index] = result;
  });
  kernel.run(6);
  await gpu.readBuffer('output', { relative: 1e-5, absolute: 1e-5 });
}
