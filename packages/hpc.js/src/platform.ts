// What differs between Node and browsers. The entry of the package says which of them it is.

import type { Check } from './binding.js';
import type { Description } from './description.js';
import type { Session } from './session.js';
import type { BackendName, CanvasLike } from './types.js';

/** What the package asks of where it runs. */
export interface Platform {
  /** Opens a session; which backend it has is chosen here where `backend` is undefined. `size` is that of the canvas. */
  open(description: Description, size: CanvasLike | undefined, backend: BackendName | undefined): Promise<Session>;
  /** Lets a compiler tell what is wrong with kernels for an interface. */
  openCheck(description: Description, size: CanvasLike | undefined): Promise<Check>;
  /** A picture of four bytes a pixel as a PNG file. */
  encodePng(width: number, height: number, pixels: Uint8ClampedArray): Promise<Uint8Array>;
  saveFile(path: string | URL, contents: Uint8Array): Promise<void>;
  /** The text of a file of the program, by the name that stacks give it. */
  readText(file: string): Promise<string>;
}

let current: Platform | undefined;

/** Called once, by the entry. */
export function providePlatform(platform: Platform): void {
  current = platform;
}

export function platform(): Platform {
  if (!current) {
    throw new Error('import hpc.js itself, not one of its files');
  }
  return current;
}
