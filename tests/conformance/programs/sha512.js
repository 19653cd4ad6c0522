export const title = 'SHA-512 by pairs of 32-bit words, with carries of sums past 2^32';

const DIGESTS = {
  '':
    'cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e',
  abc:
    'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
};

export default async function ({ GPUInterface, array, types }) {
  const messages = Object.keys(DIGESTS);
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'blocks', type: 'u32', size: [messages.length, 32], initialData: messages.map(paddedBlock) },
      { name: 'k', type: 'u32', size: [160], initialData: roots(80, 3n) },
      { name: 'start', type: 'u32', size: [16], initialData: roots(8, 2n) },
      { name: 'digests', type: 'u32', size: [messages.length, 16] },
    ],
  }).initialize();
  const hash = await gpu.createKernel((inputs) => {
    // The high word of (h, l) rotated to the right; the low one is that of (l, h).
    function rotated(h = types.number, l = types.number, n = types.number) {
      return n < 32 ? (h >>> n) | (l << (32 - n)) : (l >>> (n - 32)) | (h << (64 - n));
    }
    const m = inputs.threadId.x;
    let wh = array(80, 0);
    let wl = array(80, 0);
    for (let i = 0; i < 16; i++) {
      wh[i] = inputs.buffers.blocks[m][2 * i];
      wl[i] = inputs.buffers.blocks[m][2 * i + 1];
    }
    for (let i = 16; i < 80; i++) {
      const h15 = wh[i - 15];
      const l15 = wl[i - 15];
      const h2 = wh[i - 2];
      const l2 = wl[i - 2];
      const s0h = rotated(h15, l15, 1) ^ rotated(h15, l15, 8) ^ (h15 >>> 7);
      const s0l = rotated(l15, h15, 1) ^ rotated(l15, h15, 8) ^ ((l15 >>> 7) | (h15 << 25));
      const s1h = rotated(h2, l2, 19) ^ rotated(l2, h2, 29) ^ (h2 >>> 6);
      const s1l = rotated(l2, h2, 19) ^ rotated(h2, l2, 29) ^ ((l2 >>> 6) | (h2 << 26));
      const low = wl[i - 16] + (s0l >>> 0) + wl[i - 7] + (s1l >>> 0);
      wl[i] = low >>> 0;
      wh[i] = (wh[i - 16] + s0h + wh[i - 7] + s1h + Math.floor(low / 4294967296)) >>> 0;
    }
    let sh = array(8, 0);
    let sl = array(8, 0);
    for (let i = 0; i < 8; i++) {
      sh[i] = inputs.buffers.start[2 * i];
      sl[i] = inputs.buffers.start[2 * i + 1];
    }
    for (let i = 0; i < 80; i++) {
      const ah = sh[0];
      const al = sl[0];
      const eh = sh[4];
      const el = sl[4];
      const s1h = rotated(eh, el, 14) ^ rotated(eh, el, 18) ^ rotated(el, eh, 9);
      const s1l = rotated(el, eh, 14) ^ rotated(el, eh, 18) ^ rotated(eh, el, 9);
      const chh = (eh & sh[5]) ^ (~eh & sh[6]);
      const chl = (el & sl[5]) ^ (~el & sl[6]);
      const s0h = rotated(ah, al, 28) ^ rotated(al, ah, 2) ^ rotated(al, ah, 7);
      const s0l = rotated(al, ah, 28) ^ rotated(ah, al, 2) ^ rotated(ah, al, 7);
      const majh = (ah & sh[1]) ^ (ah & sh[2]) ^ (sh[1] & sh[2]);
      const majl = (al & sl[1]) ^ (al & sl[2]) ^ (sl[1] & sl[2]);
      const t1l = sl[7] + (s1l >>> 0) + (chl >>> 0) + inputs.buffers.k[2 * i + 1] + wl[i];
      const t1h = (sh[7] + s1h + chh + inputs.buffers.k[2 * i] + wh[i] + Math.floor(t1l / 4294967296)) >>> 0;
      const el2 = sl[3] + (t1l >>> 0);
      const al2 = (t1l >>> 0) + (s0l >>> 0) + (majl >>> 0);
      const eh2 = (sh[3] + t1h + Math.floor(el2 / 4294967296)) >>> 0;
      const ah2 = (t1h + s0h + majh + Math.floor(al2 / 4294967296)) >>> 0;
      for (let j = 7; j > 0; j--) {
        sh[j] = sh[j - 1];
        sl[j] = sl[j - 1];
      }
      sh[4] = eh2;
      sl[4] = el2 >>> 0;
      sh[0] = ah2;
      sl[0] = al2 >>> 0;
    }
    for (let i = 0; i < 8; i++) {
      const low = sl[i] + inputs.buffers.start[2 * i + 1];
      inputs.buffers.digests[m][2 * i] = sh[i] + inputs.buffers.start[2 * i] + Math.floor(low / 4294967296);
      inputs.buffers.digests[m][2 * i + 1] = low;
    }
  });
  hash.run(messages.length);
  await gpu.expect('digests', Object.values(DIGESTS).flatMap(words), 'exact');
}

function paddedBlock(text) {
  const bytes = [...Array.from(text, (c) => c.charCodeAt(0)), 0x80, ...Array(127).fill(0)].slice(0, 124);
  const block = Array.from({ length: 31 }, (_, i) => ((bytes[4 * i] << 24) | (bytes[4 * i + 1] << 16) | (bytes[4 * i + 2] << 8) | bytes[4 * i + 3]) >>> 0);
  return [...block, 8 * text.length];
}

// The first 64 bits of the fractions of the square or cube roots of the first primes, high words first.
function roots(count, degree) {
  const primes = [2];
  for (let n = 3; primes.length < count; n += 2) if (primes.every((p) => n % p)) primes.push(n);
  return Uint32Array.from(primes.flatMap((p) => {
    const target = BigInt(p) << (64n * degree);
    let root = 0n;
    for (let bit = 1n << 72n; bit > 0n; bit >>= 1n) if ((root + bit) ** degree <= target) root += bit;
    return [Number((root >> 32n) & 0xffffffffn), Number(root & 0xffffffffn)];
  }));
}

function words(digest) {
  return digest.match(/.{8}/g).map((word) => parseInt(word, 16));
}
