export const title = 'the tutorial program julia, for two places of the mouse';

import julia from '../../../examples/js/julia.js';

export default async function ({ canvas, vec2 }) {
  const program = await julia(canvas(12, 8));
  program.draw({ mouse: vec2(6, 6), scale: 0.3125, maxIters: 20 });
  await program.gpu.readCanvas('exact');
  program.draw({ mouse: vec2(7, 5), scale: 0.25 });
  await program.gpu.readCanvas('exact');
}
