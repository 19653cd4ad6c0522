// What the threads of an engine say to each other. Each line is a `MessagePort`, so it is the same in pages and in Node.

import type { EngineErrorKind } from './errors.js';
import type { Program } from './programs.js';

/** What a worker is told first: what it is to be. */
export type Start = CoordinatorStart | HelperStart;

/** The coordinator owns the memory and executes submissions in order. */
export interface CoordinatorStart {
  readonly role: 'coordinator';
  readonly port: MessagePort;
  readonly layout: Layout;
  readonly isShared: boolean;
  readonly helpers: readonly MessagePort[];
}

/** Helpers take part in runs. */
export interface HelperStart {
  readonly role: 'helper';
  readonly port: MessagePort;
}

/** Where things lie in the memory of an interface, in bytes. */
export interface Layout {
  /** The size of all of it, in pages of 64 KiB. */
  readonly pages: number;
  /** How many pages there can be once it has grown. */
  readonly mostPages: number;
  /** Where the params of a run are expected. */
  readonly params: number;
  readonly scratch: number;
  readonly scratchBytes: number;
}

/** The engine to its coordinator. */
export type Request =
  | ({ readonly kind: 'learn' } & Program)
  | { readonly kind: 'forget'; readonly id: number }
  | Submission;

/** Steps that are executed one after the other. */
export interface Submission {
  readonly kind: 'submit';
  readonly steps: readonly Step[];
  /** The params of all its runs. */
  readonly params: Uint8Array;
}

export type Step =
  | { readonly kind: 'run'; readonly program: number; readonly lanes: number; readonly rows: number; readonly params: number; readonly paramsBytes: number }
  | { readonly kind: 'write'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'copy'; readonly from: number; readonly to: number; readonly bytes: number }
  /** Makes the memory so many pages larger. */
  | { readonly kind: 'grow'; readonly pages: number }
  | { readonly kind: 'clear'; readonly at: number; readonly bytes: number }
  | { readonly kind: 'read'; readonly at: number; readonly bytes: number }
  /** Copies pixels, and reads them as a canvas shows them. */
  | { readonly kind: 'present'; readonly from: number; readonly to: number; readonly bytes: number };

/** The coordinator to its engine. */
export type Answer =
  /** It is ready. The memory can be seen if it is shared. */
  | { readonly kind: 'opened'; readonly memory?: WebAssembly.Memory }
  /** The oldest submission that was not answered yet is done; the data of its reads and pictures, in order, and which runs gave up. */
  | { readonly kind: 'done'; readonly reads: readonly Uint8Array[]; readonly stops: readonly Stop[] }
  /** Nothing more is executed. */
  | { readonly kind: 'failed'; readonly error: EngineErrorKind; readonly message: string };

/** A run that gave up: which one of its submission, and the reason that its code left. */
export interface Stop {
  readonly run: number;
  readonly reason: number;
}

/** The coordinator to a helper. */
export type HelperMessage =
  | { readonly kind: 'join'; readonly helper: number; readonly board: ArrayBufferLike; readonly memory: WebAssembly.Memory; readonly scratch: number }
  | ({ readonly kind: 'learn' } & Program)
  | { readonly kind: 'forget'; readonly id: number }
  | { readonly kind: 'call' };

/** A helper to its coordinator: a run has failed. */
export interface HelperFailure {
  readonly message: string;
}
