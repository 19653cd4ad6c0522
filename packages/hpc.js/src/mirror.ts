// Shows pictures on a canvas through its 2d context, for sessions that do not draw by themselves: natively that is a canvas of
// another library. Our own canvas reads its pictures itself.

import type { CanvasLike } from './types.js';

/** What is needed of a 2d context. */
interface Context2D {
  createImageData(width: number, height: number): { readonly data: Uint8ClampedArray };
  putImageData(image: object, x: number, y: number): void;
}

/** Keeps a canvas like the picture of a session. */
export class Mirror {
  readonly #size: CanvasLike;
  readonly #context: Context2D;
  readonly #read: () => Promise<Uint8ClampedArray>;
  #isStale = false;
  #drawing: Promise<void> | undefined;

  private constructor(canvas: CanvasLike, context: Context2D, read: () => Promise<Uint8ClampedArray>) {
    // It may be resized, which the pictures are not.
    this.#size = { width: canvas.width, height: canvas.height };
    this.#context = context;
    this.#read = read;
  }

  /** A mirror, unless the canvas cannot be drawn on at all. Throws if it has a context of another kind. */
  static of(canvas: CanvasLike, read: () => Promise<Uint8ClampedArray>): Mirror | undefined {
    const { getContext } = canvas as { getContext?: (kind: '2d') => Context2D | null };
    if (typeof getContext !== 'function') {
      return undefined;
    }
    const context = getContext.call(canvas, '2d');
    if (!context) {
      throw new Error('the canvas has a context of another kind than "2d", so nothing can be shown on it: give a new canvas');
    }
    return new Mirror(canvas, context, read);
  }

  /** The picture is another one now. Draws it as soon as it can be read, and only the latest of several. */
  update(): void {
    this.#isStale = true;
    this.#drawing ??= this.#draw().finally(() => (this.#drawing = undefined));
  }

  /** Resolves when the canvas shows the latest picture. */
  async settled(): Promise<void> {
    await this.#drawing;
  }

  async #draw(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      // Nothing can be read of what is destroyed or lost; whoever calls it is told so.
      const pixels = await this.#read().catch(() => undefined);
      if (pixels) {
        const image = this.#context.createImageData(this.#size.width, this.#size.height);
        image.data.set(pixels);
        this.#context.putImageData(image, 0, 0);
      }
    }
  }
}
