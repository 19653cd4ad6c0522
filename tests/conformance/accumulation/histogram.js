export const title = 'a histogram by += 1, of bytes of a picture and of numbers';

export default async function ({ GPUInterface }) {
  const numbers = Array.from({ length: 3000 }, (_, i) => ((i * i * 31 + 7) % 257) / 257);
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'data', size: [3000], initialData: numbers },
      { name: 'bytes', type: 'u8', size: [3000], initialData: numbers.map((x) => Math.floor(x * 256)) },
      { name: 'bins', type: 'u32', size: [16] },
      { name: 'tones', type: 'u32', size: [256] },
      { name: 'small', type: 'u8', size: [16] },
    ],
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    const b = inputs.buffers;
    const i = inputs.threadId.x;
    const bin = Math.floor(b.data[i] * 16);
    b.bins[bin] += 1;
    b.small[bin]++;
    b.tones[b.bytes[i]]++;
  });
  kernel.run(3000);
  kernel.run(1500);
  for (const name of ['bins', 'tones', 'small']) {
    await gpu.readBuffer(name, 'exact');
  }
}
