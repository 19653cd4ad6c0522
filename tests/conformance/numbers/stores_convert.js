export const title = 'stores into buffers of every type convert as JavaScript’s typed arrays do';

const TYPES = ['i32', 'u32', 'i16', 'u16', 'i8', 'u8', 'u8-clamped', 'f16', 'f64', 'number'];
const SINGLES = Float32Array.of(
  0, -0, 1, -1, 0.5, 1.5, 2.5, -0.5, -1.5, 127, 128, 254.5, 255, 255.5, 256, -128, -129, 32767, 32768, 65504, 65519, 65520, 65535, 65536,
  70000.75, 16777216, 2147483520, 2147483648, -2147483648, 4294967296, 1e10, -1e10, 1e30, 6e-8, 2.9e-8, 3e-8, NaN, Infinity, -Infinity,
);
// What a single, or a rounding to one on the way, would get wrong.
const DOUBLES = Float64Array.of(
  0.1, -0.1, 16777217, 2147483647, 2147483648, -2147483649, 4294967295, 4294967297, 9007199254740991, 1e300, 5e-324, 2049.0000001, 2049,
  2051, 254.49999999999997, 0.49999999999999994, 65519.99999999999, 2.9802322387695312e-8, 2.980232238769532e-8, -1.5, NaN, -Infinity,
);

export default async function ({ GPUInterface }) {
  for (const values of [SINGLES, DOUBLES]) {
    const gpu = await new GPUInterface({
      buffers: [
        { name: 'x', size: [values.length], initialData: values },
        ...TYPES.map((type) => ({ name: type.replace('-', '_'), type, size: [values.length] })),
      ],
    }).initialize();
    for (const type of TYPES) {
      const name = type.replace('-', '_');
      const kernel = await gpu.createKernel(new Function('inputs', `
  inputs.buffers.${name}[inputs.threadId.x] = inputs.buffers.x[inputs.threadId.x];
`));
      kernel.run(values.length);
      await gpu.readBuffer(name, 'bits');
    }
  }
}
