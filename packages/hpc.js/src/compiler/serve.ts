// The end of the compiler that compiles: it answers requests in their order.

import type { Failure } from '../errors.js';
import type { Origin } from '../origin.js';
import type { Request } from './compiler.js';

/** A compiler that is to be loaded first. */
export interface Module {
  load(): Promise<unknown>;
  compile(source: string, interface_: string, origin: Origin | undefined): string | Failure;
  /** Compiles a kernel that nobody waits for, so that the browser makes machine code of the compiler. */
  warmUp(): string | Failure;
}

/** What comes back. */
export type Answer =
  | { readonly kind: 'compiled'; readonly outcome: string | Failure }
  /** Its files could not be fetched. */
  | { readonly kind: 'unloaded'; readonly message: string }
  /** There is a mistake of ours in it. */
  | { readonly kind: 'stopped'; readonly message: string };

/** Answers what comes through `port`. While nobody asks, it warms up, if it may take the time. */
export function serve(port: MessagePort, find: () => Promise<Module>, { warmsUp }: { warmsUp: boolean }): void {
  let isAsked = false;
  const loading = loaded(find);
  port.onmessage = async ({ data }: { data: Request }) => {
    isAsked = true;
    port.postMessage(answer(await loading, data));
  };
  void loading.then((compiler) => warmsUp && !isAsked && 'warmUp' in compiler && compiler.warmUp());
}

async function loaded(find: () => Promise<Module>): Promise<Module | Answer> {
  try {
    const module = await find();
    await module.load();
    return module;
  } catch (error) {
    // Whoever asks is told.
    return { kind: 'unloaded', message: String(error) };
  }
}

function answer(compiler: Module | Answer, { source, interface: interface_, origin }: Request): Answer {
  if ('kind' in compiler) {
    return compiler;
  }
  try {
    return { kind: 'compiled', outcome: compiler.compile(source, interface_, origin) };
  } catch (error) {
    return { kind: 'stopped', message: String(error) };
  }
}
