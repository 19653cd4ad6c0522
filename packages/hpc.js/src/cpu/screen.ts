// Shows pictures on a canvas that no GPU draws on. The runtime calls it, as it calls the engine.

import { contextOf, type Screen } from '../screen.js';

/** A canvas that shows pictures of a certain size. */
export class CpuScreen {
  readonly #canvas: Screen;
  readonly #size: { readonly width: number; readonly height: number };

  /** Takes hold of the canvas for good. Throws if it cannot be had. */
  constructor(canvas: Screen, width: number, height: number) {
    this.#canvas = canvas;
    this.#size = { width, height };
    this.#context();
  }

  /** Shows a picture of four bytes a pixel. A page that has changed the size gets it back. */
  show(pixels: Uint8Array<ArrayBuffer>): void {
    const { width, height } = this.#size;
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      Object.assign(this.#canvas, this.#size);
    }
    const { buffer, byteOffset, length } = pixels;
    this.#context().putImageData(new ImageData(new Uint8ClampedArray(buffer, byteOffset, length), width, height), 0, 0);
  }

  #context(): CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D {
    return contextOf(this.#canvas, '2d') as CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
  }
}
