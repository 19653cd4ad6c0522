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

/** What comes back: an artifact as text or what is wrong, and whether the compiler is of no more use. */
export interface Answer {
  readonly outcome: string | Failure;
  readonly hasStopped: boolean;
}

/** Answers what comes through `port`. While nobody asks, it warms up, if it may take the time. */
export function serve(port: MessagePort, find: () => Promise<Module>, { warmsUp }: { warmsUp: boolean }): void {
  let isAsked = false;
  const load = async () => {
    const compiler = await find();
    await compiler.load();
    return compiler;
  };
  let loading = load();
  port.onmessage = async ({ data }: { data: Request }) => {
    isAsked = true;
    // What could not be fetched then may be there now.
    loading = loading.catch(load);
    port.postMessage(await answer(loading, data));
  };
  loading.then(
    (compiler) => warmsUp && !isAsked && compiler.warmUp(),
    () => undefined,
  );
}

async function answer(loading: Promise<Module>, { source, interface: interface_, origin }: Request): Promise<Answer> {
  let compiler;
  try {
    compiler = await loading;
  } catch (error) {
    return { outcome: failure(`the compiler cannot be loaded: ${error}; try again when its files can be fetched`), hasStopped: false };
  }
  try {
    return { outcome: compiler.compile(source, interface_, origin), hasStopped: false };
  } catch (error) {
    const what = 'internal error: the compiler stopped; please report it with the text below, and reload the page';
    return { outcome: failure(`${what}\n${error}`), hasStopped: true };
  }
}

function failure(message: string): Failure {
  return { kind: 'Internal', message, mistakes: [] };
}
