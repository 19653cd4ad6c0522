// Paints on a canvas that the page has handed over, and tells what it shows.

import { GPUInterface } from '../../esm/browser.js';
import { paint, shownNow } from './painter.mjs';

onmessage = ({ data: { canvas, options } }) => {
  const told = paint(GPUInterface, canvas, options).then(async (gpu) => ({ shown: await shownNow(gpu, canvas), read: [...(await gpu.readCanvas())] }));
  told.catch(({ message }) => ({ message })).then(postMessage);
};
