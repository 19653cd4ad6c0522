// node examples/node/heat.mjs [PICTURE]

import { createCanvas, vec2 } from 'hpc.js';
import heat from '../js/heat.js';

const canvas = createCanvas(900, 500);
// The mouse draws a hot spiral, then a cold line through it.
const spiral = Array.from({ length: 120 }, (_, step) => {
  const angle = step / 8;
  return { mouse: vec2(450 + 13 * angle * Math.cos(angle), 250 + 13 * angle * Math.sin(angle)), button: 1, radius: 8 };
});
const line = Array.from({ length: 60 }, (_, step) => ({ mouse: vec2(15 * step, 250 + 60 * Math.sin(step / 5)), button: 2, radius: 10 }));
await heat({ canvas, width: 900, height: 500, strokes: [...spiral, ...line], stepsPerStroke: 2 });
const picture = process.argv[2] ?? 'heat.png';
await canvas.savePNG(picture);
console.log(picture);
