import main, { title } from '../../../examples/js/julia.js';

export { title };

export default async function ({ canvas, vec2 }) {
  const small = { mouse: vec2(6, 6), maxIters: 20, scale: 0.3125 };
  const gpu = await main({ canvas: canvas(12, 8), ...small });
  await gpu.readCanvas('exact');
  const other = await main({ canvas: canvas(90, 50), mouse: vec2(60, 25), maxIters: 30, scale: 1 / 20 });
  // Pixels on the edge of the set may differ by an iteration.
  await other.readCanvas({ relative: 0, absolute: 0, share: 0.99 });
}
