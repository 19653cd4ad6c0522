// What the addon exports; `bindings/node` documents it.

import type { NativeSession, Setup } from './src/binding.js';
import type { ReadConstant } from './src/constants.js';
import type { Failure } from './src/errors.js';

interface Program {
  kernels: { start: number; end: number; spec?: number; given: ReadConstant[]; seen: ReadConstant[]; gpu: string; cpu: string }[];
  unknown: { message: string; line: number; column: number }[];
  failure?: Failure;
}

interface Addon {
  precompile(program: string, file: string): Program;
  open(setup: Setup): Promise<NativeSession | Failure>;
  encodePng(width: number, height: number, rgba: Uint8ClampedArray): Promise<Uint8Array | Failure>;
}

declare const addon: Addon;
export = addon;
