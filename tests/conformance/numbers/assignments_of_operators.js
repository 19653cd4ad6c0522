export const title = 'compound assignments and steps on variables and elements of every integer type';

export default async function ({ GPUInterface }) {
  const types = ['i32', 'u32', 'i16', 'u8', 'f64'];
  const start = [0, 1, 100, 120, 7];
  for (const type of types) {
    const gpu = await new GPUInterface({ buffers: [{ name: 'b', type, size: [5, 9], initialData: start.map((x) => Array(9).fill(x)) }] }).initialize();
    const kernel = await gpu.createKernel((inputs) => {
      const i = inputs.threadId.x;
      inputs.buffers.b[i][0] += 2147483647;
      inputs.buffers.b[i][1] -= 1;
      inputs.buffers.b[i][2] *= 65537;
      inputs.buffers.b[i][3] %= 7;
      inputs.buffers.b[i][4] /= 2;
      inputs.buffers.b[i][5] <<= 25;
      inputs.buffers.b[i][6] ^= -1;
      inputs.buffers.b[i][7]--;
      inputs.buffers.b[i][8] = inputs.buffers.b[i][8]++ + --inputs.buffers.b[i][8];
    });
    kernel.run(5);
    await gpu.readBuffer('b', 'bits');
  }
}
