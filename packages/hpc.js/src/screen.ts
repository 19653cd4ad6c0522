// Canvases that can be seen: elements of a page, and those that a page has handed to a worker.

import type { CanvasLike } from './types.js';

export type Screen = HTMLCanvasElement | OffscreenCanvas;

/** Whether it is such a canvas, of whatever document. */
export function isScreen(canvas: CanvasLike | undefined): canvas is Screen {
  return /^\[object (HTML|Offscreen)Canvas(Element)?\]$/.test(Object.prototype.toString.call(canvas));
}

/** Draws a picture of four bytes a pixel without a GPU. Throws if another kind of context was taken of the canvas. */
export function show(canvas: CanvasLike, pixels: Uint8ClampedArray): void {
  if (!isScreen(canvas)) {
    return;
  }
  const context = canvas.getContext('2d') as CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null;
  if (!context) {
    throw new Error("the canvas cannot be drawn on: give one whose getContext was called with nothing but '2d'");
  }
  const { width, height } = canvas;
  context.putImageData(new ImageData(new Uint8ClampedArray(pixels), width, height), 0, 0);
}
