export const title = 'mulberry32, xorshift32 and 128, PCG32 and MINSTD give the numbers that were published';

export default async function ({ check, GPUInterface, types, vec2u }) {
  // Mulberry32 as it is passed around, the state a sum that only grows; the values are those of the function itself, seed 1.
  await check(
    (inputs) => {
      let a = inputs.threadId.x;
      for (let k = 0; k < 6; k++) {
        a += 0x6d2b79f5;
        let t = a;
        t = Math.imul(t ^ (t >>> 15), t | 1);
        t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
        inputs.buffers.out[inputs.threadId.x][k] = ((t ^ (t >>> 14)) >>> 0) / 4294967296;
      }
    },
    { out: { size: [4, 6], type: 'f64' }, run: [4], tolerance: 'bits' },
  );
  // Marsaglia, Xorshift RNGs, 2003: y = 2463534242 gives 723471715 first.
  await check(
    (inputs) => {
      let y = 2463534242;
      for (let k = 0; k < 5; k++) {
        y ^= y << 13;
        y ^= y >>> 17;
        y ^= y << 5;
        inputs.buffers.out[k] = y;
      }
    },
    { out: { size: [5], type: 'u32' }, run: [1], expect: [723471715, 2497366906, 2064144800, 2008045182, 3532304609], tolerance: 'exact' },
  );
  // The same paper's generator of 128 bits.
  await check(
    (inputs) => {
      let x = 123456789;
      let y = 362436069;
      let z = 521288629;
      let w = 88675123;
      for (let k = 0; k < 5; k++) {
        const t = (x ^ (x << 11)) >>> 0;
        x = y;
        y = z;
        z = w;
        w = (w ^ (w >>> 19) ^ (t ^ (t >>> 8))) >>> 0;
        inputs.buffers.out[k] = w;
      }
    },
    { out: { size: [5], type: 'u32' }, run: [1], expect: [3701687786, 458299110, 2500872618, 3633119408, 516391518], tolerance: 'exact' },
  );
  // The minimal standard of Park and Miller: the 10 000th number after 1 is 1043618065.
  await check(
    (inputs) => {
      let seed = 1;
      for (let k = 0; k < 10000; k++) seed = (seed * 16807) % 2147483647;
      inputs.buffers.out[0] = seed;
    },
    { out: { size: [1], type: 'u32' }, expect: [1043618065], tolerance: 'exact' },
  );
  // PCG32, pcg32_srandom(42, 54): the numbers of the demonstration that comes with it.
  const gpu = await new GPUInterface({ buffers: [{ name: 'out', type: 'u32', size: [6] }], uniforms: { seed: 42, sequence: 54 } }).initialize();
  const pcg = await gpu.createKernel((inputs) => {
    // state * 6364136223846793005 + increment, modulo 2^64.
    function step(high = types.number, low = types.number, increment = types.number) {
      const a0 = low & 0xffff;
      const a1 = low >>> 16;
      const p0 = a0 * 0x7f2d;
      const p1 = a1 * 0x7f2d + (p0 >>> 16);
      const p2 = a0 * 0x4c95 + (p1 & 0xffff);
      const carried = a1 * 0x4c95 + Math.floor(p1 / 65536) + Math.floor(p2 / 65536);
      const productLow = ((p2 << 16) | (p0 & 0xffff)) >>> 0;
      const productHigh = carried + Math.imul(low, 0x5851f42d) + Math.imul(high, 0x4c957f2d);
      const sum = productLow + increment;
      return vec2u(sum, productHigh + (sum > 0xffffffff ? 1 : 0));
    }
    const increment = inputs.uniforms.sequence * 2 + 1;
    let state = step(0, 0, increment);
    const seeded = state.x + inputs.uniforms.seed;
    state = step(seeded > 0xffffffff ? state.y + 1 : state.y, seeded >>> 0, increment);
    for (let k = 0; k < 6; k++) {
      const old = state;
      state = step(old.y, old.x, increment);
      const shifted = vec2u(old.x ^ ((old.x >>> 18) | (old.y << 14)), old.y ^ (old.y >>> 18));
      const word = (shifted.x >>> 27) | (shifted.y << 5);
      const turn = old.y >>> 27;
      inputs.buffers.out[k] = (word >>> turn) | (word << (-turn & 31));
    }
  });
  pcg.run(1);
  await gpu.expect('out', [0xa15c02b7, 0x7b47f409, 0xba1d3330, 0x83d2f293, 0xbfa4784b, 0xcbed606e], 'exact');
}
