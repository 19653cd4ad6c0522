// Finds the mistakes in a program's kernels while it is typed: the program runs in a worker, where its kernels are compiled and
// nothing else happens. No frame is ever given and nothing is computed, so its main function soon returns.

import GPUInterface, * as hpc from 'hpc.js';
import type { Problem } from '../messages.js';
import { exportsOf, linked, ParseError, urlOf } from '../frame/imports.js';
import { isAbout, problemsOf } from '../frame/problems.js';

type Spec = hpc.GPUInterfaceSpec<readonly hpc.BufferSpec[], any, any>;
type Kernel = Parameters<GPUInterface['createKernel']>[0];

/** Compiles for the GPU and executes nothing; there for tests, and hence in no type. */
const COMPILER = 'noop' as hpc.BackendName;

/** What the page gets for the program of this number. */
export interface Checked {
  readonly id: number;
  readonly problems: readonly Problem[];
}

/** Milliseconds after which a program that waits for something is looked at as it is. */
const PATIENCE = 1000;

const later = self.setTimeout.bind(self);
const scope = self as unknown as { hpcModule: object } & Record<string, unknown>;
for (const timer of ['requestAnimationFrame', 'setInterval', 'setTimeout']) {
  scope[timer] = () => 0;
}

self.addEventListener('message', async ({ data: { id, program } }: MessageEvent<{ id: number; program: string }>) => {
  self.postMessage({ id, problems: await check(program) } satisfies Checked);
});

async function check(program: string): Promise<Problem[]> {
  const mistakes: unknown[] = [];
  await Promise.race([execute(program, mistakes), new Promise((resolve) => later(resolve, PATIENCE))]);
  return mistakes.flatMap((mistake) => problemsOf(mistake, program, ''));
}

/** Runs the program; what is wrong with it is added to `mistakes` as it is found. */
async function execute(program: string, mistakes: unknown[]): Promise<void> {
  const urls: string[] = [];
  const kept = (url: string) => (urls.push(url), url);
  try {
    scope.hpcModule = compilingModule((error) => mistakes.push(error));
    const shim = kept(urlOf(exportsOf(scope.hpcModule)));
    const url = kept(urlOf(linked(program, { 'hpc.js': shim })));
    const { default: main } = (await import(/* @vite-ignore */ url)) as { default?: unknown };
    await (typeof main === 'function' && main({ canvas: new OffscreenCanvas(300, 150) }));
  } catch (error) {
    // What a program makes of empty buffers says nothing about it; that it is no program does.
    mistakes.push(...(error instanceof ParseError ? [error] : []));
  }
  urls.forEach((url) => URL.revokeObjectURL(url));
}

/** The exports of the package, with interfaces that compile and do nothing else. */
function compilingModule(onMistake: (error: unknown) => void): typeof hpc {
  class CompilingInterface extends GPUInterface {
    constructor(spec: Spec = {}) {
      // The canvas has a size and is not painted on.
      const canvas = spec.canvas && { width: spec.canvas.width, height: spec.canvas.height };
      const compiling: Spec = { ...spec, canvas, options: { ...spec.options, backend: COMPILER } };
      super(compiling);
    }

    override async createKernel(kernel: Kernel, options?: hpc.KernelOptions): Promise<hpc.GPUKernel> {
      try {
        await super.createKernel(kernel, options);
      } catch (error) {
        isAbout(error, String(kernel));
        onMistake(error);
      }
      return { source: '', explain: async () => '', run() {} };
    }
  }
  const compiling = CompilingInterface as unknown as typeof GPUInterface;
  return { ...hpc, default: compiling, GPUInterface: compiling };
}
