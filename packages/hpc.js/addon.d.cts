// What the addon exports; `bindings/node` documents it.

import type { Failure } from './src/errors.js';
import type { AdapterInfo } from './src/types.js';

interface Uniform {
  name: string;
  kind: string;
  components: number[];
}

interface Setup {
  buffers: { name: string; element: string; size: number[]; data?: Float32Array }[];
  uniforms: Uniform[];
  canvas?: { width: number; height: number };
  seed?: number;
  adapter?: string;
  backend?: string;
}

interface NativeKernel {
  readonly source: string;
  run(x: number, y: number, z: number): Failure | null;
}

interface NativeSession {
  readonly backendType: 'gpu' | 'cpu' | 'noop';
  readonly adapterInfo: AdapterInfo;
  createKernel(source: string): Promise<NativeKernel | Failure>;
  createKernelOf(stored: string): Promise<NativeKernel | Failure>;
  setUniforms(packed: Float64Array): Failure | null;
  writeBuffer(name: string, data: Float32Array): Failure | null;
  copyBuffer(source: string, destination: string): Failure | null;
  readBuffer(name: string): Promise<Float32Array | Failure>;
  updateCanvas(): Failure | null;
  readCanvas(): Promise<Uint8ClampedArray | Failure>;
  onSubmittedWorkDone(): Promise<null | Failure>;
  flush(): Failure | null;
  destroy(): void;
}

interface Program {
  kernels: { start: number; end: number; gpu: string; cpu: string }[];
  unknown: { message: string; line: number; column: number }[];
  failure?: Failure;
}

interface Addon {
  precompile(program: string, file: string): Program;
  open(setup: Setup): Promise<NativeSession | Failure>;
  encodePng(width: number, height: number, rgba: Uint8ClampedArray): Promise<Uint8Array | Failure>;
}

declare const addon: Addon;
export = addon;
