// How threads are started in pages, and how many.

import type { Start } from './protocol.js';

/** A worker, in a page or, in tests, in Node. */
export interface Thread {
  start(message: Start, transfer: Transferable[]): void;
  /** What to do if it cannot be loaded, or dies. */
  onError(handler: (message: string) => void): void;
  terminate(): void;
}

/** Who starts threads, how many there are, and whether they can share memory. */
export interface Threads {
  readonly count: number;
  readonly isShared: boolean;
  spawn(): Thread;
}

/** The workers of a page. Only isolated pages can share memory: without it a single thread does everything. */
export function pageThreads(): Threads {
  const isShared = globalThis.crossOriginIsolated === true;
  return { count: isShared ? Math.max(navigator.hardwareConcurrency, 1) : 1, isShared, spawn: spawnWorker };
}

function spawnWorker(): Thread {
  // Bundlers look for exactly this.
  const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module', name: 'hpc-cpu' });
  return {
    start: (message, transfer) => worker.postMessage(message, transfer),
    // A file that cannot be loaded has no message.
    onError: (handler) => (worker.onerror = ({ message }) => handler(message || 'its file cannot be loaded')),
    terminate: () => worker.terminate(),
  };
}
