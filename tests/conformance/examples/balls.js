import main, { title } from '../../../examples/js/balls.js';

export { title };

export default async function ({ canvas, vec2, vec3 }) {
  const balls = {
    positions: [vec2(50, 40), vec2(10.5, 60), vec2(89.5, 79.9), vec2(15, 15)],
    velocities: [vec2(10, -20), vec2(-20, 0), vec2(20, 5), vec2(3, 3)],
    colors: [vec3(255, 0, 0), vec3(0, 255, 0), vec3(0, 0, 255), vec3(255, 255, 0)],
  };
  const gpu = await main({ canvas: canvas(100, 90), count: 4, steps: 1, balls });
  await gpu.readBuffer('positions', 'arithmetic');
  await gpu.readBuffer('velocities', 'arithmetic');
  await gpu.readCanvas('exact');
}
