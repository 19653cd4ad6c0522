export const title = 'SHA-256 as one writes it: >>> 0 here, plain sums there';

const DIGESTS = {
  '': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  abc: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  'The quick brown fox jumps over the lazy dog': 'd7a8fbb307d7809469ca9abcb0082e4f8d5651e46d3cdb762d02d0bf37c9e592',
};

export default async function ({ GPUInterface, array, types }) {
  const messages = Object.keys(DIGESTS);
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'bytes', type: 'u8', size: [messages.length, 64], initialData: messages.map(paddedBlock) },
      { name: 'k', type: 'u32', size: [64], initialData: roots(64, 3n) },
      { name: 'start', type: 'u32', size: [8], initialData: roots(8, 2n) },
      { name: 'digests', type: 'u32', size: [messages.length, 8] },
    ],
  }).initialize();
  const hash = await gpu.createKernel((inputs) => {
    function rotate(x = types.number, n = types.number) {
      return (x >>> n) | (x << (32 - n));
    }
    const m = inputs.threadId.x;
    let w = array(64, 0);
    for (let i = 0; i < 16; i++) {
      w[i] =
        (inputs.buffers.bytes[m][4 * i] << 24) |
        (inputs.buffers.bytes[m][4 * i + 1] << 16) |
        (inputs.buffers.bytes[m][4 * i + 2] << 8) |
        inputs.buffers.bytes[m][4 * i + 3];
    }
    for (let i = 16; i < 64; i++) {
      const s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ (w[i - 15] >>> 3);
      const s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ (w[i - 2] >>> 10);
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) >>> 0;
    }
    let a = inputs.buffers.start[0];
    let b = inputs.buffers.start[1];
    let c = inputs.buffers.start[2];
    let d = inputs.buffers.start[3];
    let e = inputs.buffers.start[4];
    let f = inputs.buffers.start[5];
    let g = inputs.buffers.start[6];
    let h = inputs.buffers.start[7];
    for (let i = 0; i < 64; i++) {
      const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
      const choice = (e & f) ^ (~e & g);
      const t1 = h + s1 + choice + inputs.buffers.k[i] + w[i];
      const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
      const majority = (a & b) ^ (a & c) ^ (b & c);
      const t2 = s0 + majority;
      h = g;
      g = f;
      f = e;
      e = (d + t1) >>> 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    inputs.buffers.digests[m][0] = a + inputs.buffers.start[0];
    inputs.buffers.digests[m][1] = b + inputs.buffers.start[1];
    inputs.buffers.digests[m][2] = c + inputs.buffers.start[2];
    inputs.buffers.digests[m][3] = d + inputs.buffers.start[3];
    inputs.buffers.digests[m][4] = e + inputs.buffers.start[4];
    inputs.buffers.digests[m][5] = f + inputs.buffers.start[5];
    inputs.buffers.digests[m][6] = g + inputs.buffers.start[6];
    inputs.buffers.digests[m][7] = h + inputs.buffers.start[7];
  });
  hash.run(messages.length);
  await gpu.expect('digests', Object.values(DIGESTS).flatMap(words), 'exact');
}

function paddedBlock(text) {
  const bytes = [...Array.from(text, (c) => c.charCodeAt(0)), 0x80, ...Array(63).fill(0)].slice(0, 62);
  return [...bytes, text.length >> 5, (text.length << 3) & 255];
}

// The first 32 bits of the fractions of the square or cube roots of the first primes.
function roots(count, degree) {
  const primes = [2];
  for (let n = 3; primes.length < count; n += 2) if (primes.every((p) => n % p)) primes.push(n);
  return Uint32Array.from(primes, (p) => {
    const target = BigInt(p) << (32n * degree);
    let root = 0n;
    for (let bit = 1n << 40n; bit > 0n; bit >>= 1n) if ((root + bit) ** degree <= target) root += bit;
    return Number(root & 0xffffffffn);
  });
}

function words(digest) {
  return digest.match(/.{8}/g).map((word) => parseInt(word, 16));
}
