// What can go wrong on the CPU.

/** The kinds of failure, which whoever calls the engine knows. */
export type EngineErrorKind =
  /** The page lets no worker start. */
  | 'unstartable'
  /** There is not so much memory. */
  | 'outOfMemory'
  /** The code is none that can be run. */
  | 'refused'
  /** The code trapped, which is a mistake of ours. */
  | 'failed'
  /** The engine was stopped. */
  | 'stopped';

export class EngineError extends Error {
  override readonly name = 'EngineError';

  constructor(readonly kind: EngineErrorKind, message: string) {
    super(message);
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
