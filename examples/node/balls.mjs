// node examples/node/balls.mjs [PICTURE]

import { createCanvas } from 'hpc.js';
import balls from '../js/balls.js';

const canvas = createCanvas(900, 500);
await balls({ canvas, count: 300, steps: 100 });
const picture = process.argv[2] ?? 'balls.png';
await canvas.savePNG(picture);
console.log(picture);
