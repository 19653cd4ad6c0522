export const title = 'the tutorial program balls from given places, without and with trails';

import balls from '../../../examples/js/balls.js';

export default async function ({ canvas, vec2, vec3 }) {
  const program = await balls(canvas(100, 90), 3);
  program.gpu.writeBuffer('positions', [vec2(50.3, 40.4), vec2(11.3, 20.4), vec2(80.3, 70.4)]);
  program.gpu.writeBuffer('velocities', [vec2(10, -20), vec2(-40, 0), vec2(20, 50)]);
  program.gpu.writeBuffer('colors', [vec3(255, 0, 0), vec3(0, 255, 0), vec3(0, 0, 255)]);
  program.step();
  await program.gpu.readBuffer('positions', 'arithmetic');
  await program.gpu.readBuffer('velocities', 'arithmetic');
  program.draw();
  await program.gpu.readCanvas('exact');
  for (let k = 0; k < 3; k++) {
    program.step();
  }
  program.draw({ trails: true });
  await program.gpu.readCanvas('exact');
}
