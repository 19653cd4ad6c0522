// Sessions of the native addon.

import addon from '../addon.cjs';
import { checkWith, setupOf, setupOfCheck, wrap, type Check } from './binding.js';
import type { Description } from './description.js';
import { refusal, settled } from './errors.js';
import { tellFallback } from './fallback.js';
import type { Session } from './session.js';
import type { BackendName, CanvasLike } from './types.js';

/** Opens a session; `backend` is left to `HPC_BACKEND` and to what the machine has where it is undefined. */
export async function openNative(
  description: Description,
  size: CanvasLike | undefined,
  backend: BackendName | undefined,
): Promise<Session> {
  if (description.context?.device) {
    const mend = 'leave it out, and read what kernels compute';
    throw refusal(new Error(`a device can be given in pages: in Node the interface opens its own, so ${mend}`), 'NoDevice');
  }
  const session = settled(await addon.open(setupOf(description, size, backend)));
  if (session.gpuFailed) {
    tellFallback(session.adapterInfo.fallbackReason ?? 'unknown');
  }
  return wrap(session, description);
}

/** Opens a session that only compiles. */
export async function openCheck(description: Description, size: CanvasLike | undefined): Promise<Check> {
  return checkWith(settled(await addon.open(setupOfCheck(description, size))));
}

/** A picture of four bytes a pixel as a PNG file. */
export async function encodePng(width: number, height: number, rgba: Uint8ClampedArray): Promise<Uint8Array> {
  return settled(await addon.encodePng(width, height, rgba));
}
