export const title = 'products, sums and powers of ids and counters past 2^24, 2^31 and 2^32 are exact';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      inputs.buffers.out[i] = (i * 700001) % 1000;
    },
    { out: 3000, tolerance: 'exact' },
  );
  await check(
    (inputs) => {
      let p = 1;
      for (let j = 0; j < 19 + inputs.threadId.x; j++) p *= 3;
      inputs.buffers.out[inputs.threadId.x] = p % 1000;
    },
    { out: 15, tolerance: 'exact' },
  );
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      inputs.buffers.out[i] = i * 4294967296 + (i * 3000000007 - i);
    },
    { out: { size: [40], type: 'f64' }, tolerance: 'bits' },
  );
  await check(
    (inputs) => {
      let a = 2147483640;
      a += 10;
      let b = -2147483640;
      b -= inputs.threadId.x;
      let c = 4294967290;
      c += inputs.threadId.x;
      inputs.buffers.out[inputs.threadId.x][0] = a;
      inputs.buffers.out[inputs.threadId.x][1] = b;
      inputs.buffers.out[inputs.threadId.x][2] = c;
    },
    { out: { size: [20, 3], type: 'f64' }, run: [20], tolerance: 'bits' },
  );
}
