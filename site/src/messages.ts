// What a page and the frame that runs its program tell each other. Everything is plain data.

import type { TypedArray } from 'hpc.js';

/** Who executes the kernels; `auto` leaves it to the package. */
export type Backend = 'auto' | 'gpu' | 'cpu' | 'debug';

/** What a page asks of a frame. */
export type Request =
  | {
      readonly type: 'run';
      readonly program: string;
      readonly backend: Backend;
      /** After so many animation frames no more are given; endless without. */
      readonly frames?: number;
    }
  | { readonly type: 'read'; readonly interface: number; readonly buffer: string };

/** What a frame tells its page. */
export type Report =
  | { readonly type: 'ready' }
  | { readonly type: 'log'; readonly level: 'log' | 'warn' | 'error'; readonly text: string }
  | { readonly type: 'height'; readonly height: number }
  | { readonly type: 'interface'; readonly description: InterfaceDescription }
  | { readonly type: 'kernel'; readonly kernel: KernelDescription }
  | { readonly type: 'problem'; readonly problem: Problem }
  | { readonly type: 'queue'; readonly record: QueueRecord }
  | { readonly type: 'contents'; readonly interface: number; readonly buffer: string; readonly elements: TypedArray }
  /** The program's main function has returned; `result` is what it returned, in words. */
  | { readonly type: 'done'; readonly result: string | undefined };

/** An interface that the program has initialized. */
export interface InterfaceDescription {
  readonly id: number;
  /** Who executes its kernels. */
  readonly backend: string;
  /** The device in words. */
  readonly device: string;
  readonly buffers: readonly BufferDescription[];
}

/** A buffer of an interface. */
export interface BufferDescription {
  readonly name: string;
  readonly type: string;
  readonly size: readonly number[];
}

/** A kernel that the program has created. */
export interface KernelDescription {
  readonly name: string;
  /** The line of the program where it begins, counted from 1; 0 if it is not found there. */
  readonly line: number;
  /** The code it was compiled to. */
  readonly source: string;
}

/** Something wrong with the program, at a place counted from 1; line 0 is no place. */
export interface Problem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
  /** What only the kernel language's errors have. */
  readonly code?: string;
  readonly notes?: readonly string[];
  readonly help?: string;
}

/** What was called, and when; times are milliseconds since the program began. */
export interface Command {
  readonly id: number;
  readonly kind: CommandKind;
  /** What it is about: the name of a kernel or a buffer. */
  readonly name: string;
  /** How much: threads of a run, and the like. */
  readonly detail: string;
  readonly called: number;
  readonly returned: number;
  /** When it was known to be done; absent while it is not. */
  readonly done?: number;
}

/** The calls that the queue takes. */
export type CommandKind = 'compile' | 'run' | 'write' | 'copy' | 'uniforms' | 'read' | 'canvas';

/** What the frame remembers of the queue. */
export interface QueueRecord {
  /** The last commands, oldest first. */
  readonly commands: readonly Command[];
  /** How many there were before those. */
  readonly forgotten: number;
  readonly kernels: readonly KernelTimes[];
}

/** All runs of one kernel together. */
export interface KernelTimes {
  readonly name: string;
  readonly runs: number;
  readonly threads: number;
  /** Milliseconds that the calls took. */
  readonly calling: number;
}
