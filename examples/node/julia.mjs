// node examples/node/julia.mjs [PICTURE]

import { createCanvas, vec2 } from 'hpc.js';
import julia from '../js/julia.js';

const canvas = createCanvas(1200, 800);
await julia({ canvas, mouse: vec2(260, 455), scale: 1 / 400, maxIters: 1000 });
const picture = process.argv[2] ?? 'julia.png';
await canvas.savePNG(picture);
console.log(picture);
