export const title = 'MD5 with the constants by sines, plain additions and | 0 at the end of a round';

const DIGESTS = {
  '': 'd41d8cd98f00b204e9800998ecf8427e',
  a: '0cc175b9c0f1b6a831c399e269772661',
  abc: '900150983cd24fb0d6963f7d28e17f72',
  'message digest': 'f96b697d7cb7938d525a2f31aaf161d0',
  abcdefghijklmnopqrstuvwxyz: 'c3fcd3d76192e4007dfb496cca67e13b',
};

export default async function ({ GPUInterface, array }) {
  const messages = Object.keys(DIGESTS);
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'bytes', size: [messages.length, 64], initialData: messages.map(paddedBlock), type: 'u8' },
      { name: 'sines', size: [64], initialData: Uint32Array.from({ length: 64 }, (_, i) => Math.floor(2 ** 32 * Math.abs(Math.sin(i + 1)))) },
      { name: 'digests', type: 'u8', size: [messages.length, 16] },
    ],
  }).initialize();
  const hash = await gpu.createKernel((inputs) => {
    const m = inputs.threadId.x;
    const shifts = array([7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]);
    let a = 0x67452301;
    let b = 0xefcdab89;
    let c = 0x98badcfe;
    let d = 0x10325476;
    for (let i = 0; i < 64; i++) {
      let f = 0;
      let g = 0;
      if (i < 16) {
        f = (b & c) | (~b & d);
        g = i;
      } else if (i < 32) {
        f = (d & b) | (~d & c);
        g = (5 * i + 1) % 16;
      } else if (i < 48) {
        f = b ^ c ^ d;
        g = (3 * i + 5) % 16;
      } else {
        f = c ^ (b | ~d);
        g = (7 * i) % 16;
      }
      const word =
        inputs.buffers.bytes[m][4 * g] +
        inputs.buffers.bytes[m][4 * g + 1] * 256 +
        inputs.buffers.bytes[m][4 * g + 2] * 65536 +
        inputs.buffers.bytes[m][4 * g + 3] * 16777216;
      f = f + a + inputs.buffers.sines[i] + word;
      a = d;
      d = c;
      c = b;
      const s = shifts[4 * (i >> 4) + (i % 4)];
      b = (b + ((f << s) | (f >>> (32 - s)))) | 0;
    }
    const state = array([a + 0x67452301, b + 0xefcdab89, c + 0x98badcfe, d + 0x10325476]);
    for (let k = 0; k < 16; k++) inputs.buffers.digests[m][k] = state[k >> 2] >>> (8 * (k % 4));
  });
  hash.run(messages.length);
  await gpu.expect('digests', Object.values(DIGESTS).flatMap(bytes), 'exact');
}

function paddedBlock(text) {
  const bytes = [...Array.from(text, (c) => c.charCodeAt(0)), 0x80, ...Array(63).fill(0)].slice(0, 56);
  return [...bytes, (text.length << 3) & 255, text.length >> 5, 0, 0, 0, 0, 0, 0];
}

function bytes(digest) {
  return digest.match(/../g).map((byte) => parseInt(byte, 16));
}
