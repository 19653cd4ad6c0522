// What the WebAssembly exports; `bindings/web` documents it.

import type { NativeSession } from '../src/binding.js';
import type { Failure } from '../src/errors.js';
import type { WebSetup } from '../src/wasm.js';

/** Loads it. */
export default function init(from: { module_or_path: URL }): Promise<unknown>;
export function onPanic(tell: (message: string) => void): void;
export function open(setup: WebSetup): Promise<NativeSession | Failure>;
