export const title = 'the Mandelbrot set with complex numbers as vectors';

export default async function ({ check, vec2 }) {
  await check(
    (inputs) => {
      const c = vec2((inputs.threadId.x - 22) / 16, (inputs.threadId.y - 12) / 8);
      let z = vec2(0, 0);
      let n = 0;
      while (n < 30 && z.x * z.x + z.y * z.y <= 4) {
        z = z.cplxTimes(z).plus(c);
        n++;
      }
      inputs.buffers.out[inputs.threadId.x][inputs.threadId.y] = n;
    },
    // Single precision may go another way for points near the border.
    { out: { size: [32, 24] }, tolerance: { relative: 0, absolute: 0, share: 0.98 } },
  );
}
