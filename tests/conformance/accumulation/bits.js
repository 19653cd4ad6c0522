export const title = '|=, &= and ^= on elements that many threads share';

export default async function ({ GPUInterface }) {
  for (const type of ['i32', 'u32', 'i16', 'u16', 'i8', 'u8']) {
    const size = [4];
    const gpu = await new GPUInterface({
      buffers: [
        { name: 'or', type, size },
        { name: 'and', type, size, initialData: [-1, 0x7f, 0x55, 0x0f].map((bits) => (type[0] === 'u' ? bits & 0xff : bits)) },
        { name: 'xor', type, size, initialData: [1, 2, 3, 4] },
      ],
    }).initialize();
    const kernel = await gpu.createKernel((inputs) => {
      const b = inputs.buffers;
      const i = inputs.threadId.x;
      const k = i % 4;
      b.or[k] |= 1 << (i % 9);
      b.and[k] &= ~(1 << (i % 5));
      b.xor[k] ^= (i * 2654435761) & 0xff;
    });
    kernel.run(40);
    for (const name of ['or', 'and', 'xor']) {
      await gpu.readBuffer(name, 'exact');
    }
  }
}
