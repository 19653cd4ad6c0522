// Canvases that can be seen: elements of a page, and those that a page has handed to a worker.

import type { CanvasLike } from './types.js';

export type Screen = HTMLCanvasElement | OffscreenCanvas;

/** Whether it is such a canvas, of whatever document. */
export function isScreen(canvas: CanvasLike | undefined): canvas is Screen {
  return /^\[object (HTML|Offscreen)Canvas(Element)?\]$/.test(Object.prototype.toString.call(canvas));
}

/** The context of this kind, the same one at each call. Throws if the canvas has one of another kind. */
export function contextOf(canvas: Screen, kind: '2d' | 'webgpu'): object {
  const context = canvas.getContext(kind);
  if (!context) {
    throw new Error('it has a context of another kind');
  }
  return context;
}
