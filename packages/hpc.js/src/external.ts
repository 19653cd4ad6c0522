// Buffers that the page's renderer has, too: what the interface makes for it, and what it has made itself.

import { describe, elementCount } from './data.js';
import type { Buffer } from './description.js';
import { arrayClassOf, slotsOf } from './elements.js';
import { refusal } from './errors.js';
import { didYouMean, shortened } from './suggest.js';

/** How a renderer uses a buffer, beside that kernels compute in it. */
export type BufferUsage = 'storage' | 'vertex' | 'index' | 'indirect' | 'uniform';

/** What is used of a `GPUBuffer`. */
export interface BufferLike {
  readonly size: number;
  readonly usage: number;
}

// TypeScript's library may not know WebGPU.
type DeclaredBuffers = typeof globalThis extends { GPUBuffer: { prototype: infer B } } ? B : never;

/** A `GPUBuffer`, or where TypeScript does not know these what is known of it. */
export type PageBuffer = [DeclaredBuffers] extends [never] ? BufferLike : DeclaredBuffers;

/** By the bits of WebGPU. */
const USAGES: Readonly<Record<BufferUsage, number>> = { storage: 128, vertex: 32, index: 16, indirect: 256, uniform: 64 };

/** What kernels and copies need, by the bits of WebGPU. */
const NEEDED = { COPY_SRC: 4, COPY_DST: 8, STORAGE: 128 };

/** Who else has a buffer. */
export interface External {
  /** How it is used, in the bits of WebGPU. */
  readonly usage?: number;
  readonly gpuBuffer?: BufferLike;
}

/** What the keys `usage` and `gpuBuffer` of a buffer say, which has these parts. */
export function describeExternal(usage: unknown, gpuBuffer: unknown, parts: readonly Buffer[], what: string): External {
  if (gpuBuffer === undefined) {
    return usage === undefined ? {} : { usage: checkUsage(usage, what) };
  }
  const part = parts[0]!;
  const conflict = conflictOf(part, usage);
  if (conflict) {
    throw refusal(new TypeError(`the gpuBuffer of ${what} cannot be used: ${conflict}`));
  }
  return { gpuBuffer: checkBuffer(gpuBuffer, part, what) };
}

function checkUsage(usage: unknown, what: string): number {
  if (!Array.isArray(usage)) {
    throw refusal(new TypeError(`usage of ${what} must be an array such as ['vertex'], not ${describe(usage)}`));
  }
  return Array.from(usage as unknown[]).reduce((bits: number, name) => {
    if (typeof name !== 'string') {
      throw refusal(new TypeError(`usage of ${what} must hold names such as 'vertex', not ${describe(name)}`));
    }
    if (!Object.hasOwn(USAGES, name)) {
      throw refusal(new TypeError(`usage of ${what} cannot be "${shortened(name)}"; ${didYouMean(name, 'usages', Object.keys(USAGES))}`));
    }
    return bits | USAGES[name as BufferUsage];
  }, 0);
}

function conflictOf({ path, resizable }: Buffer, usage: unknown): string | undefined {
  if (path !== undefined) {
    return 'objects lie in a buffer for each field, so give those, as buffers of their own';
  }
  if (resizable) {
    return 'its size cannot change, so leave out resizable, and give it to the constructor of GPUInterface';
  }
  return usage === undefined ? undefined : 'it was made with its usages, so leave out usage';
}

function checkBuffer(gpuBuffer: unknown, { type, size }: Buffer, what: string): BufferLike {
  const { size: bytes, usage } = (typeof gpuBuffer === 'object' && gpuBuffer !== null ? gpuBuffer : {}) as Partial<BufferLike>;
  if (typeof bytes !== 'number' || typeof usage !== 'number') {
    throw refusal(new TypeError(`the gpuBuffer of ${what} must be a GPUBuffer, not ${describe(gpuBuffer)}`));
  }
  const needed = Math.ceil((elementCount(size) * slotsOf(type) * arrayClassOf(type).BYTES_PER_ELEMENT) / 4) * 4;
  if (bytes < needed) {
    throw refusal(new RangeError(`the gpuBuffer of ${what} has ${bytes} bytes, and size [${size}] of ${type} takes ${needed}: make it larger, or size smaller`));
  }
  const missing = Object.entries(NEEDED).filter(([, bit]) => !(usage & bit)).map(([name]) => `GPUBufferUsage.${name}`);
  if (missing.length > 0) {
    throw refusal(new TypeError(`the gpuBuffer of ${what} must have been made with the usage ${missing.join(' | ')}, too`));
  }
  return gpuBuffer as BufferLike;
}
