export const title = 'sin, cos and tan on a grid; infinities give NaN';

export default async function ({ check }) {
  const x = Array.from({ length: 101 }, (_, i) => (i - 50) / 16);
  x.push(Infinity, -Infinity, NaN);
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const x = inputs.buffers.x[i];
      inputs.buffers.out[i][0] = Math.sin(x);
      inputs.buffers.out[i][1] = Math.cos(x);
      inputs.buffers.out[i][2] = Math.abs(Math.cos(x)) > 0.2 ? Math.tan(x) : 0;
    },
    { out: { size: [x.length, 3] }, run: [x.length], buffers: { x }, tolerance: 'transcendental' },
  );
}
