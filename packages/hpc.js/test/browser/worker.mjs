// Paints on a canvas that the page has handed over, and tells what it shows.

import { GPUInterface } from '../../esm/browser.js';
import { paint, shownOn } from './painter.mjs';

onmessage = async ({ data: { canvas, options } }) => {
  const gpu = await paint(GPUInterface, canvas, options);
  postMessage({ shown: shownOn(canvas), read: [...(await gpu.readCanvas())] });
};
