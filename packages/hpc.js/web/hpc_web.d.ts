// What the WebAssembly exports; `bindings/web` documents it.

import type { Failure } from '../src/errors.js';
import type { WebSession, WebSetup } from '../src/wasm.js';

/** Loads it. */
export default function init(from: { module_or_path: WebAssembly.Module }): Promise<unknown>;
export function onPanic(tell: (message: string) => void): void;
export function open(setup: WebSetup): Promise<WebSession | Failure>;
