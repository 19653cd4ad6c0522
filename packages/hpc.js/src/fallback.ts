// Telling that the CPU took the place of a GPU that failed.

const told = new Set<string>();

/** One line on the console for each reason: programs are slower then, and their results the same. */
export function tellFallback(reason: string): void {
  if (!told.has(reason)) {
    told.add(reason);
    console.warn(`hpc.js: kernels run on the CPU, as the GPU failed: ${reason}`);
  }
}
