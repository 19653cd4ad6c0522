export const title = 'kernels of one interface share no names: one function name, two types';

export default async function ({ GPUInterface, types, vec2 }) {
  const gpu = await new GPUInterface({ buffers: [{ name: 'data', size: [4] }] }).initialize();
  const first = await gpu.createKernel((inputs) => {
    function f(x = types.number) {
      return x * 2;
    }
    inputs.buffers.data[inputs.threadId.x] = f(inputs.threadId.x);
  });
  const second = await gpu.createKernel((inputs) => {
    function f(v = types.vec2) {
      return v.x > 1;
    }
    if (f(vec2(inputs.threadId.x, 0))) inputs.buffers.data[inputs.threadId.x] += 100;
  });
  first.run(4);
  second.run(4);
  await gpu.readBuffer('data');
}
