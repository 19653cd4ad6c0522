export const title = 'stores of integers of both signs into every type of integers, and neighbours of small types from different threads';

const INTEGERS = Int32Array.of(0, 1, -1, 127, 128, -128, -129, 255, 256, 32767, 32768, -32769, 65535, 65536, 16777217, 2147483647, -2147483648);

export default async function ({ GPUInterface }) {
  const types = ['i32', 'u32', 'i16', 'u16', 'i8', 'u8', 'u8-clamped', 'f16', 'f64', 'number'];
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'x', size: [INTEGERS.length], initialData: INTEGERS },
      ...types.map((type) => ({ name: type.replace('-', '_'), type, size: [2 * INTEGERS.length + 1] })),
    ],
  }).initialize();
  for (const type of types) {
    const name = type.replace('-', '_');
    const kernel = await gpu.createKernel(new Function('inputs', `
  const i = inputs.threadId.x;
  const x = inputs.buffers.x[i];
  inputs.buffers.${name}[2 * i] = x;
  inputs.buffers.${name}[2 * i + 1] = (x >>> 0) + 1;
  inputs.buffers.${name}[2 * i + 1] -= 2;
`));
    kernel.run(INTEGERS.length);
    await gpu.readBuffer(name, 'bits');
  }
}
