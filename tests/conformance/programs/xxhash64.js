export const title = 'xxHash64 by words of two halves, products by sixteen bits';

// Of the reference implementation, with seed 0.
const HASHES = {
  '': 'ef46db3751d8e999',
  a: 'd24ec4f1a98c6e5b',
  abc: '44bc2cf5ad770999',
  'Nobody inspects the spammish repetition': 'fbcea83c8a378bf1',
};

export default async function ({ GPUInterface, array, types, vec2u }) {
  const messages = Object.keys(HASHES);
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'bytes', type: 'u8', size: [messages.length, 48], initialData: messages.map((text) => [...text.padEnd(48, '\0')].map((c) => c.charCodeAt(0))) },
      { name: 'lengths', initialData: Uint8Array.from(messages, (text) => text.length), size: [messages.length] },
      { name: 'hashes', type: 'vec2u', size: [messages.length] },
    ],
  }).initialize();
  const hash = await gpu.createKernel((inputs) => {
    // Words of 64 bits are vectors: x is the low half.
    function plus(a = types.vec2u, b = types.vec2u) {
      const low = a.x + b.x;
      return vec2u(low, a.y + b.y + (low > 4294967295 ? 1 : 0));
    }
    function times(a = types.vec2u, b = types.vec2u) {
      const a0 = a.x & 0xffff;
      const a1 = a.x >>> 16;
      const b0 = b.x & 0xffff;
      const b1 = b.x >>> 16;
      const low = a0 * b0;
      const middle = a1 * b0 + (low >>> 16);
      const other = a0 * b1 + (middle & 0xffff);
      const high = a1 * b1 + (middle >>> 16) + (other >>> 16);
      return vec2u((other << 16) | (low & 0xffff), high + Math.imul(a.x, b.y) + Math.imul(a.y, b.x));
    }
    function rotate(a = types.vec2u, n = types.number) {
      return vec2u((a.x << n) | (a.y >>> (32 - n)), (a.y << n) | (a.x >>> (32 - n)));
    }
    function round(sum = types.vec2u, lane = types.vec2u) {
      const p1 = vec2u(0x85ebca87, 0x9e3779b1);
      const p2 = vec2u(0x27d4eb4f, 0xc2b2ae3d);
      return times(rotate(plus(sum, times(lane, p2)), 31), p1);
    }
    function word(m = types.number, at = types.number) {
      return (
        inputs.buffers.bytes[m][at] +
        inputs.buffers.bytes[m][at + 1] * 256 +
        inputs.buffers.bytes[m][at + 2] * 65536 +
        inputs.buffers.bytes[m][at + 3] * 16777216
      );
    }
    const m = inputs.threadId.x;
    const p1 = vec2u(0x85ebca87, 0x9e3779b1);
    const p2 = vec2u(0x27d4eb4f, 0xc2b2ae3d);
    const p3 = vec2u(0x9e3779f9, 0x165667b1);
    const p4 = vec2u(0xc2b2ae63, 0x85ebca77);
    const p5 = vec2u(0x165667c5, 0x27d4eb2f);
    const length = inputs.buffers.lengths[m];
    let h = p5;
    let at = 0;
    if (length >= 32) {
      let v = array([plus(p1, p2), p2, vec2u(0, 0), vec2u(-p1.x, ~p1.y)]);
      for (let k = 0; k < 4; k++) {
        v[k] = round(v[k], vec2u(word(m, at), word(m, at + 4)));
        at += 8;
      }
      h = plus(plus(rotate(v[0], 1), rotate(v[1], 7)), plus(rotate(v[2], 12), rotate(v[3], 18)));
      for (let k = 0; k < 4; k++) h = plus(times(h.xor(round(vec2u(0, 0), v[k])), p1), p4);
    }
    h = plus(h, vec2u(length, 0));
    while (at + 8 <= length) {
      h = plus(times(rotate(h.xor(round(vec2u(0, 0), vec2u(word(m, at), word(m, at + 4)))), 27), p1), p4);
      at += 8;
    }
    if (at + 4 <= length) {
      h = plus(times(rotate(h.xor(times(vec2u(word(m, at), 0), p1)), 23), p2), p3);
      at += 4;
    }
    for (; at < length; at++) h = times(rotate(h.xor(times(vec2u(inputs.buffers.bytes[m][at], 0), p5)), 11), p1);
    h = times(h.xor(vec2u(h.y >>> 1, 0)), p2);
    h = times(h.xor(vec2u((h.x >>> 29) | (h.y << 3), h.y >>> 29)), p3);
    inputs.buffers.hashes[m] = h.xor(vec2u(h.y, 0));
  });
  hash.run(messages.length);
  await gpu.expect('hashes', Object.values(HASHES).flatMap(halves), 'exact');
}

function halves(hash) {
  return [parseInt(hash.slice(8), 16), parseInt(hash.slice(0, 8), 16)];
}
