// Kernels that were compiled with the application: the plugin tags the function that is given to `createKernel`, and what is given to
// the constructor of its interface, so that a page does not fetch the compiler before it needs it.

/** A kernel compiled for each backend, as text. */
export interface Precompiled {
  readonly gpu: string;
  readonly cpu: string;
  /** Declarations of the constants that it is given. */
  readonly given: string;
  /** Declarations of other constants of the file that it names. */
  readonly seen: string;
}

// Registered, since the plugin's code may meet another copy of this package than its own.
const NAME = 'hpc.js:precompiled';
const PRECOMPILED = Symbol.for(NAME);
const KEY = `[Symbol.for(${JSON.stringify(NAME)})]`;

/** The code of an expression that is the function `kernel` with what it was compiled to. */
export function tagged(kernel: string, precompiled: Precompiled): string {
  const parts = Object.entries(precompiled).filter(([, text]) => text !== '').map(([name, text]) => `${name}: ${JSON.stringify(text)}`);
  return `Object.assign(${kernel}, { ${KEY}: { ${parts.join(', ')} } })`;
}

/** The code of the property that tags what is given to a constructor. */
export const TAG = `${KEY}: true,`;

/** What a function was compiled to, if it was. */
export function precompiledOf(kernel: object): Precompiled | undefined {
  const { gpu, cpu, given = '', seen = '' } = (kernel as { [PRECOMPILED]?: Partial<Precompiled> | null })[PRECOMPILED] ?? {};
  const isText = (part: unknown) => typeof part === 'string';
  return [gpu, cpu, given, seen].every(isText) ? ({ gpu, cpu, given, seen } as Precompiled) : undefined;
}

/** Whether kernels of an interface were compiled, by what its constructor was given. */
export function isPrecompiled(spec: object): boolean {
  return PRECOMPILED in spec;
}
