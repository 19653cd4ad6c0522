export const title = 'integers beyond 32 bits in loops with break and continue, in switch, in conditions and with neighbours that differ';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let n = inputs.buffers.a[i] * 2147483648;
      let halvings = 0;
      outer: while (true) {
        for (let k = 0; k < 3; k++) {
          if (n === 0 || n % 2 !== 0) break outer;
          n /= 2;
          if (n > 4294967296) continue;
          halvings += 100;
        }
        halvings++;
      }
      let kind = 0;
      switch (n * 4294967296) {
        case 0:
          kind = 1;
          break;
        case 4294967296:
        case 12884901888:
          kind = 2;
          break;
        case -4294967296:
          kind = 3;
        default:
          kind += 10;
      }
      inputs.buffers.out[i][0] = n;
      inputs.buffers.out[i][1] = halvings;
      inputs.buffers.out[i][2] = kind;
    },
    { out: { size: [10, 3], type: 'f64' }, run: [10], buffers: { a: Int32Array.of(0, 1, 2, 3, -1, 6, 1048576, 2147483647, -2147483648, 5) }, tolerance: 'bits' },
  );
  await check(
    (inputs) => {
      // An exponent by squaring, modulo a number below 2^26.
      const i = inputs.threadId.x;
      let result = 1;
      let base = inputs.buffers.a[i] % 67108859;
      let exponent = i * 1000 + 65537;
      do {
        if (exponent & 1) result = (result * base) % 67108859;
        base = (base * base) % 67108859;
        exponent >>= 1;
      } while (exponent);
      inputs.buffers.out[i] = result;
    },
    { out: { size: [5], type: 'f64' }, buffers: { a: Uint32Array.of(2, 3, 4294967295, 0, 67108858) }, tolerance: 'exact' },
  );
}
