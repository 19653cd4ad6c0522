// A canvas without a page: kernels paint it, and its picture can be read and saved.

import { checkCanvas } from './description.js';
import { platform } from './platform.js';
import type { CanvasLike } from './types.js';

type Read = () => Promise<Uint8ClampedArray>;

const ATTACH = Symbol.for('hpc.js:attach');

/** A picture that kernels paint. It belongs to the interface that it was given to last. */
export class Canvas implements CanvasLike {
  readonly #width: number;
  readonly #height: number;
  #read: Read | undefined;

  /** Use `createCanvas`. */
  constructor(width: number, height: number) {
    checkCanvas({ width, height });
    this.#width = width;
    this.#height = height;
  }

  /** Columns of pixels, for good. */
  get width(): number {
    return this.#width;
  }

  /** Rows of pixels, for good. */
  get height(): number {
    return this.#height;
  }

  /** There is no drawing on it from JavaScript. */
  getContext(): null {
    return null;
  }

  /**
   * What the last `updateCanvas` before this call shows: red, green, blue and alpha from 0 to 255, row by row from the
   * top left. Transparent before the first one. It resolves when the device is done.
   */
  pixels(): Promise<Uint8ClampedArray> {
    return this.#pixels();
  }

  async #pixels(): Promise<Uint8ClampedArray> {
    return this.#read ? this.#read() : new Uint8ClampedArray(this.#width * this.#height * 4);
  }

  /** The same as a PNG file. */
  async toPNG(): Promise<Uint8Array> {
    return platform().encodePng(this.#width, this.#height, await this.#pixels());
  }

  /** The same, written to a file; not in browsers. */
  async savePNG(path: string | URL): Promise<void> {
    await platform().saveFile(path, await this.toPNG());
  }

  /** @internal */
  [ATTACH](read: Read): void {
    this.#read = read;
  }
}

/** A canvas of so many pixels, for the option `canvas` of `GPUInterface`. */
export function createCanvas(width: number, height: number): Canvas {
  return new Canvas(width, height);
}

/** Lets a canvas of ours read what is shown on it; tells whether it is one. */
export function attach(canvas: CanvasLike, read: Read): boolean {
  const { [ATTACH]: attachTo } = canvas as Partial<Canvas>;
  if (typeof attachTo !== 'function') {
    return false;
  }
  attachTo.call(canvas as Canvas, read);
  return true;
}
