export const title = 'calls within calls, within indices and conditions';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const x = inputs.buffers.x[Math.floor(Math.abs(Math.min(i, 5) - 2.5))];
      let y = Math.max(Math.sqrt(Math.abs(x)), Math.exp(Math.min(x, Math.sin(x))));
      if (Math.floor(y) % 2 === 0 && Math.round(x) > -5) y = Math.atan2(Math.sinh(x / 4), Math.cosh(x / 4));
      inputs.buffers.out[i] = y;
    },
    { out: 8, buffers: { x: [0.7, -1.3, 2.9] }, tolerance: 'transcendental' },
  );
}
