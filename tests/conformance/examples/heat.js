import main, { title } from '../../../examples/js/heat.js';

export { title };

export default async function ({ canvas, vec2 }) {
  const gpu = await main({
    canvas: canvas(16, 12),
    width: 9,
    height: 5,
    radius: 2,
    stepsPerStroke: 5,
    strokes: [
      { mouse: vec2(3, 2), button: 1 },
      { mouse: vec2(6, 1), button: 2 },
      { mouse: vec2(0, 0), button: 0 },
    ],
  });
  await gpu.readBuffer('heat', 'arithmetic');
}
