export const title = 'A26: even-odd buffering, 50 steps without waiting';

export default async function ({ GPUInterface, types }) {
  const size = 1000;
  const initialData = Array.from({ length: size }, (_, i) => (i * 37) % 101);
  const gpu = await new GPUInterface({
    buffers: [{ name: 'data1', size: [size], initialData }, { name: 'data2', size: [size] }],
    uniforms: { step: 0 },
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    function read(index = types.number) {
      if (inputs.uniforms.step % 2 === 0) {
        return inputs.buffers.data1[index];
      } else {
        return inputs.buffers.data2[index];
      }
    }
    function write(index = types.number, value = types.number) {
      if (inputs.uniforms.step % 2 === 0) {
        inputs.buffers.data2[index] = value;
      } else {
        inputs.buffers.data1[index] = value;
      }
    }
    write(inputs.threadId.x, read(inputs.threadId.x) + 1);
  });
  let step = 0;
  for (let k = 0; k < 25; k++) {
    kernel.run(size);
    step++;
    gpu.setUniforms({ step });
  }
  await gpu.expect('data2', initialData.map((value) => value + 25));
  await gpu.expect('data1', initialData.map((value) => value + 24));
  for (let k = 0; k < 25; k++) {
    kernel.run(size);
    step++;
    gpu.setUniforms({ step });
  }
  await gpu.expect('data1', initialData.map((value) => value + 50));
  await gpu.expect('data2', initialData.map((value) => value + 49));
}
