export const title = 'asin, acos and atan on a grid; outside of [−1, 1] the first two give NaN';

export default async function ({ check }) {
  const x = Array.from({ length: 41 }, (_, i) => (i - 20) / 16);
  x.push(5, -100, 1e6, Infinity, -Infinity, NaN);
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const x = inputs.buffers.x[i];
      inputs.buffers.out[i][0] = Math.asin(x);
      inputs.buffers.out[i][1] = Math.acos(x);
      inputs.buffers.out[i][2] = Math.atan(x);
    },
    { out: { size: [x.length, 3] }, run: [x.length], buffers: { x }, tolerance: 'transcendental' },
  );
}
