// What the WebAssembly exports; `bindings/web-compiler` documents it.

import type { Failure } from '../src/errors.js';
import type { Origin } from '../src/origin.js';

/** Loads it. */
export default function init(from: { module_or_path: WebAssembly.Module }): Promise<unknown>;
export function compile(source: string, interface_: string, origin: Origin | undefined): string | Failure;
export function explain(source: string, interface_: string, origin: Origin | undefined): string | Failure;
export function warmUp(): boolean;
