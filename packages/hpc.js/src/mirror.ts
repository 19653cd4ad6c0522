// Shows pictures on a canvas through its 2d context, for sessions that do not draw by themselves: natively that is a canvas of
// another library. Our own canvas reads its pictures itself.

import { refusal } from './errors.js';
import type { CanvasLike } from './types.js';

/** What is needed of a 2d context. */
interface Context2D {
  createImageData(width: number, height: number): { readonly data: Uint8ClampedArray };
  putImageData(image: object, x: number, y: number): void;
}

type Read = () => Promise<Uint8ClampedArray>;

/** Keeps a canvas like the picture of a session. The canvas is somebody else's: whatever is called there may throw. */
export class Mirror {
  readonly #size: CanvasLike;
  readonly #context: Context2D;
  readonly #read: Read;
  #isStale = false;
  #drawing: Promise<void> | undefined;
  /** What the canvas has thrown, until somebody is told. */
  #failed: { readonly error: unknown } | undefined;

  private constructor(size: CanvasLike, context: Context2D, read: Read) {
    this.#size = size;
    this.#context = context;
    this.#read = read;
  }

  /**
   * A mirror for pictures of this size, unless the canvas cannot be drawn on at all. Throws what the canvas throws, and if it has a context
   * of another kind.
   */
  static of(canvas: CanvasLike, size: CanvasLike, read: Read): Mirror | undefined {
    const { getContext } = canvas as { getContext?: (kind: '2d') => Partial<Context2D> | null };
    if (typeof getContext !== 'function') {
      return undefined;
    }
    const context = getContext.call(canvas, '2d');
    if (!context) {
      throw refusal(new Error('the canvas has a context of another kind than "2d", so nothing can be shown on it: give a new canvas'));
    }
    if (typeof context.createImageData !== 'function' || typeof context.putImageData !== 'function') {
      throw refusal(new TypeError('the "2d" context of the canvas has no createImageData or no putImageData: give a canvas that can be drawn on'));
    }
    return new Mirror(size, context as Context2D, read);
  }

  /** The picture is another one now. Draws it as soon as it can be read, and only the latest of several. */
  update(): void {
    this.#isStale = true;
    this.#drawing ??= this.#draw().finally(() => (this.#drawing = undefined));
  }

  /** Resolves when the canvas shows the latest picture. Rejects with what the canvas has thrown. */
  async settled(): Promise<void> {
    await this.#drawing;
    this.throwFailure();
  }

  /** Throws what the canvas has thrown since somebody was told. */
  throwFailure(): void {
    const failed = this.#failed;
    this.#failed = undefined;
    if (failed) {
      throw failed.error;
    }
  }

  async #draw(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      // Nothing can be read of what is destroyed or lost; whoever calls it is told so.
      const pixels = await this.#read().catch(() => undefined);
      try {
        await (pixels && this.#show(pixels));
      } catch (error) {
        this.#failed ??= { error };
      }
    }
  }

  #show(pixels: Uint8ClampedArray): unknown {
    const image = this.#context.createImageData(this.#size.width, this.#size.height);
    image.data.set(pixels);
    return this.#context.putImageData(image, 0, 0);
  }
}
