// What interfaces share.

import { describe } from './data.js';
import { guarded, refusal } from './errors.js';
import { fieldsOf } from './fields.js';

/** What is used of a `GPUDevice`. */
export interface DeviceLike {
  readonly queue: object;
  readonly lost: Promise<{ readonly message: string }>;
  createBuffer(descriptor: never): object;
}

/** On what a context is. */
export interface GPUContextOptions {
  /**
   * A device of the page's own, with which it renders: a `GPUDevice`. Interfaces of the context are on it and on no other. In pages only; `new GPUInterface({ device })` is the
   * same.
   */
  readonly device?: DeviceLike;
}

/** A context as bindings know it. */
export interface Sharing {
  readonly number: number;
  readonly device?: DeviceLike;
}

/** Contexts of the other module system are contexts. */
const SHARING = Symbol.for('hpc.js:context');

/** Threads of a process count on their own: two that draw the same number share a device, which harms nobody. */
const realm = Math.floor(Math.random() * 2 ** 20);
let count = 0;

/** The contexts of devices of the page's own: whoever names the same device is on the same one. */
const known = new WeakMap<object, Sharing>();

/**
 * Where interfaces share what costs much: those of one context that compute on the same GPU are on one device, with one queue and one pool of memory for
 * transfers. The device is opened with the first of them and closed after the last; if it is lost, all of them are told, and the first that comes back opens
 * the one that all come back on.
 *
 * Interfaces that name no context share that of the process, in pages that of the page or the worker. The CPU and debug backends have no device to share.
 */
export class GPUContext {
  readonly #sharing: Sharing;

  /** Opens nothing yet. Throws what is wrong with the options. */
  constructor(options: GPUContextOptions = {}) {
    this.#sharing = guarded(new.target, () => {
      const { device } = fieldsOf(options, 'the argument of GPUContext', ['device']);
      return device === undefined ? { number: nextNumber() } : sharingOf(device);
    });
  }

  /** What bindings know of it. */
  get [SHARING](): Sharing {
    return this.#sharing;
  }
}

/** What an interface shares a device with, by what its constructor was given; undefined if all that name nothing. */
export function describeSharing(context: unknown, device: unknown): Sharing | undefined {
  if (context === undefined) {
    return device === undefined ? undefined : sharingOf(device);
  }
  const sharing = typeof context === 'object' && context !== null ? (context as { [SHARING]?: Sharing })[SHARING] : undefined;
  if (!sharing) {
    throw refusal(new TypeError(`context must be a GPUContext, not ${describe(context)}: make one by new GPUContext()`));
  }
  if (device !== undefined && device !== sharing.device) {
    throw refusal(new TypeError('the context is on another device than this: leave out the device, or the context'));
  }
  return sharing;
}

function nextNumber(): number {
  return realm * 2 ** 32 + count++;
}

function sharingOf(device: unknown): Sharing {
  if (!isDevice(device)) {
    throw refusal(new TypeError(`device must be a GPUDevice, not ${describe(device)}: give what requestDevice of an adapter resolves with`));
  }
  const sharing = known.get(device) ?? { number: nextNumber(), device };
  known.set(device, sharing);
  return sharing;
}

function isDevice(device: unknown): device is DeviceLike {
  if (typeof device !== 'object' || device === null) {
    return false;
  }
  const { queue, lost, createBuffer } = device as Partial<Record<keyof DeviceLike, unknown>>;
  return typeof queue === 'object' && typeof lost === 'object' && typeof createBuffer === 'function';
}
