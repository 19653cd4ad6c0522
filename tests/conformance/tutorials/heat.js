export const title = 'the tutorial program heat: heating, spreading, cooling, drawing';

import heat from '../../../examples/js/heat.js';

export default async function ({ canvas, vec2 }) {
  const tolerance = { relative: 1e-4, absolute: 1e-6 };
  const program = await heat(canvas(16, 12), [45, 25]);
  program.setUniforms({ mouse: vec2(20, 10), button: 1, radius: 5 });
  program.step();
  await program.gpu.readBuffer('heat', 'exact');
  program.setUniforms({ button: 0 });
  for (let k = 0; k < 10; k++) {
    program.step();
  }
  await program.gpu.readBuffer('heat', tolerance);
  program.draw();
  await program.gpu.readCanvas({ relative: 0, absolute: 1 });
  program.setUniforms({ mouse: vec2(0, 0), button: 2, radius: 15 });
  program.step();
  await program.gpu.readBuffer('heat', tolerance);
}
