// The end of a port where kernels are compiled.

import type { Failure } from '../errors.js';
import type { Origin } from '../origin.js';

/** What kernels are compiled for. */
export type Target = 'gpu' | 'cpu';

/** A compiler that is there from now on. */
export interface Arrival {
  readonly target: Target;
  readonly module: WebAssembly.Module;
}

/** A kernel's text, the interface in the words of its session, and where the text stands. */
export interface Request {
  readonly source: string;
  readonly interface: string;
  readonly origin?: Origin | undefined;
}

/** What is asked of a compiler that is there. */
export interface Job extends Request {
  readonly id: number;
  readonly target: Target;
  readonly act: 'compile' | 'explain';
}

/** What came of a job, and whether the compilers are of no more use. */
export interface Answer {
  readonly id: number;
  readonly outcome: string | Failure;
  readonly hasStopped: boolean;
}

/** The compilers of a page, or of a worker. */
export interface Compilers {
  arrive(arrival: Arrival): void;
  /** Does a job; rejects after a mistake of ours, when nothing in the compiler works any more. */
  answer(job: Job): Promise<Answer['outcome']>;
}

/** Answers the jobs that come through a port. */
export function serve(port: MessagePort, compilers: Compilers): void {
  const answered = async (job: Job): Promise<Answer> => {
    const { id } = job;
    try {
      return { id, outcome: await compilers.answer(job), hasStopped: false };
    } catch (error) {
      const what = 'internal error: the compiler stopped; please report it with the text below, and reload the page';
      return { id, outcome: failure(`${what}\n${error}`), hasStopped: true };
    }
  };
  port.onmessage = async ({ data }: { data: Arrival | Job }) => {
    if ('act' in data) {
      port.postMessage(await answered(data));
    } else {
      compilers.arrive(data);
    }
  };
}

/** What to say where its files could not be fetched, and what to do when they can. */
export function notLoaded(error: unknown, mend = 'try again'): Failure {
  return failure(`the compiler cannot be loaded: ${error}; ${mend} when its files can be fetched`);
}

function failure(message: string): Failure {
  return { kind: 'Internal', message, mistakes: [] };
}
