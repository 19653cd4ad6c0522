export const title = 'sin and cos over several turns';

export default async function ({ check }) {
  const x = Array.from({ length: 81 }, (_, i) => (i - 40) * 1.25);
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      inputs.buffers.out[2 * i] = Math.sin(inputs.buffers.x[i]);
      inputs.buffers.out[2 * i + 1] = Math.cos(inputs.buffers.x[i]);
    },
    { out: 162, run: [81], buffers: { x }, tolerance: 'transcendental' },
  );
}
