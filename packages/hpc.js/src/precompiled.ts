// Kernels that were compiled with the application: the plugin tags the function that is given to `createKernel`.

/** A kernel compiled for each backend, as the addon stores it. */
export interface Precompiled {
  readonly gpu: object;
  readonly cpu: object;
}

// Registered, since the plugin's code may meet another copy of this package than its own.
const NAME = 'hpc.js:precompiled';
const PRECOMPILED = Symbol.for(NAME);

/** The code of an expression that is the function `kernel` with what it was compiled to, each JSON. */
export function tagged(kernel: string, gpu: string, cpu: string): string {
  return `Object.assign(${kernel}, { [Symbol.for(${JSON.stringify(NAME)})]: { gpu: ${gpu}, cpu: ${cpu} } })`;
}

/** What a function was compiled to, if it was. */
export function precompiledOf(kernel: object): Precompiled | undefined {
  return (kernel as { [PRECOMPILED]?: Precompiled })[PRECOMPILED];
}
