export const title = 'SHA-256 of short messages, one a thread, as words of sixteen bits';

export default async function ({ GPUInterface, array, types }) {
  const messages = ['', 'abc', 'The quick brown fox jumps over the lazy dog', 'a'.repeat(55)];
  const block = (text) => {
    const bytes = [...Array.from(text, (c) => c.charCodeAt(0)), 0x80, ...Array(63).fill(0)].slice(0, 62);
    return [...bytes, text.length >> 5, (text.length << 3) & 255];
  };
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'bytes', size: [messages.length, 64], initialData: messages.map(block) },
      { name: 'digests', size: [messages.length, 16] },
      // The constants of the rounds: too large for a float, so in halves.
      { name: 'constants', size: [64, 2] },
    ],
  }).initialize();
  // The fractions of the cube roots of the first primes, found exactly.
  const primes = [2];
  for (let n = 3; primes.length < 64; n += 2) if (primes.every((p) => n % p)) primes.push(n);
  gpu.writeBuffer('constants', primes.map((p) => {
    const target = BigInt(p) << 96n;
    let root = BigInt(Math.floor(Math.cbrt(p) * 2 ** 32));
    while (root ** 3n > target) root--;
    while ((root + 1n) ** 3n <= target) root++;
    return [Number((root >> 16n) & 0xffffn), Number(root & 0xffffn)];
  }));
  const hash = await gpu.createKernel((inputs) => {
    function rotate(x = types.number, n = types.number) {
      return (x >>> n) | (x << (32 - n));
    }
    let w = array(64, 0);
    for (let i = 0; i < 16; i++) {
      for (let k = 0; k < 4; k++) w[i] = (w[i] << 8) | inputs.buffers.bytes[inputs.threadId.x][4 * i + k];
    }
    for (let i = 16; i < 64; i++) {
      const s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ (w[i - 15] >>> 3);
      const s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ (w[i - 2] >>> 10);
      w[i] = (((w[i - 16] + s0) | 0) + ((w[i - 7] + s1) | 0)) | 0;
    }
    const start = array([0x6a09e667, 0xbb67ae85 | 0, 0x3c6ef372, 0xa54ff53a | 0, 0x510e527f, 0x9b05688c | 0, 0x1f83d9ab, 0x5be0cd19]);
    let state = array(8, 0);
    for (let i = 0; i < 8; i++) state[i] = start[i];
    for (let i = 0; i < 64; i++) {
      const e = state[4];
      const a = state[0];
      const k = (inputs.buffers.constants[i][0] << 16) | inputs.buffers.constants[i][1];
      const choice = (e & state[5]) ^ (~e & state[6]);
      const majority = (a & state[1]) ^ (a & state[2]) ^ (state[1] & state[2]);
      const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
      const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
      const t1 = (((((state[7] + s1) | 0) + choice) | 0) + ((k + w[i]) | 0)) | 0;
      for (let j = 7; j > 0; j--) state[j] = state[j - 1];
      state[4] = (state[4] + t1) | 0;
      state[0] = (((t1 + s0) | 0) + majority) | 0;
    }
    for (let i = 0; i < 8; i++) {
      const word = (state[i] + start[i]) | 0;
      inputs.buffers.digests[inputs.threadId.x][2 * i] = word >>> 16;
      inputs.buffers.digests[inputs.threadId.x][2 * i + 1] = word & 0xffff;
    }
  });
  hash.run(messages.length);
  await gpu.readBuffer('digests', 'exact');
}
