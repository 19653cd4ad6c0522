export const title = 'Keccak-f[1600], by pairs of words: SHA3-256 of short messages';

const DIGESTS = {
  '': 'a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a',
  abc: '3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532',
};

export default async function ({ GPUInterface, array }) {
  const messages = Object.keys(DIGESTS);
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'blocks', type: 'u8', size: [messages.length, 200], initialData: messages.map(paddedBlock) },
      { name: 'rounds', type: 'u32', size: [48], initialData: roundConstants() },
      { name: 'digests', type: 'u8', size: [messages.length, 32] },
    ],
  }).initialize();
  const hash = await gpu.createKernel((inputs) => {
    const m = inputs.threadId.x;
    // Lane x + 5y has its low word at 2 (x + 5y).
    let s = array(50, 0);
    for (let i = 0; i < 200; i++) s[i >> 2] |= inputs.buffers.blocks[m][i] << (8 * (i & 3));
    let c = array(10, 0);
    for (let round = 0; round < 24; round++) {
      for (let k = 0; k < 10; k++) c[k] = s[k] ^ s[k + 10] ^ s[k + 20] ^ s[k + 30] ^ s[k + 40];
      for (let x = 0; x < 5; x++) {
        const before = 2 * ((x + 4) % 5);
        const after = 2 * ((x + 1) % 5);
        const low = c[before] ^ ((c[after] << 1) | (c[after + 1] >>> 31));
        const high = c[before + 1] ^ ((c[after + 1] << 1) | (c[after] >>> 31));
        for (let y = 0; y < 50; y += 10) {
          s[y + 2 * x] ^= low;
          s[y + 2 * x + 1] ^= high;
        }
      }
      let x = 1;
      let y = 0;
      let low = s[2];
      let high = s[3];
      for (let t = 0; t < 24; t++) {
        const next = (2 * x + 3 * y) % 5;
        x = y;
        y = next;
        const at = 2 * (x + 5 * y);
        const n = (((t + 1) * (t + 2)) / 2) % 64;
        const by = n % 32;
        const a = n < 32 ? low : high;
        const b = n < 32 ? high : low;
        low = s[at];
        high = s[at + 1];
        s[at] = by === 0 ? a : (a << by) | (b >>> (32 - by));
        s[at + 1] = by === 0 ? b : (b << by) | (a >>> (32 - by));
      }
      for (let row = 0; row < 50; row += 10) {
        for (let k = 0; k < 10; k++) c[k] = s[row + k];
        for (let k = 0; k < 10; k++) s[row + k] = c[k] ^ (~c[(k + 2) % 10] & c[(k + 4) % 10]);
      }
      s[0] ^= inputs.buffers.rounds[2 * round];
      s[1] ^= inputs.buffers.rounds[2 * round + 1];
    }
    for (let i = 0; i < 32; i++) inputs.buffers.digests[m][i] = s[i >> 2] >>> (8 * (i % 4));
  });
  hash.run(messages.length);
  await gpu.expect('digests', Object.values(DIGESTS).flatMap(bytes), 'exact');
}

function paddedBlock(text) {
  const block = Array(200).fill(0);
  [...text].forEach((c, i) => (block[i] = c.charCodeAt(0)));
  block[text.length] ^= 6;
  block[135] ^= 0x80;
  return block;
}

// By the shift register of the standard, low words first.
function roundConstants() {
  let register = 1;
  const rounds = Array.from({ length: 24 }, () => {
    let constant = 0n;
    for (let j = 0; j < 7; j++) {
      if (register & 1) constant |= 1n << BigInt(2 ** j - 1);
      register = (register << 1) ^ (register >> 7 ? 0x171 : 0);
    }
    return constant;
  });
  return Uint32Array.from(rounds.flatMap((constant) => [Number(constant & 0xffffffffn), Number(constant >> 32n)]));
}

function bytes(digest) {
  return digest.match(/../g).map((byte) => parseInt(byte, 16));
}
